import type { PublicEvent } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import { deterministicId } from './deterministic-id.js';
import { ConcurrencyConflict } from './executor.js';
import type { Clock } from './ports/clock.js';
import { Misconfigured, Unavailable } from './ports/failures.js';
import { CONSUMER_ACTOR, type Dispatch, type React } from './reaction.js';

export interface ReactorOptions {
  readonly group: string;
  readonly react: React;
  readonly dispatch: Dispatch;
  readonly ports: { readonly clock: Clock };
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** Why a message does not go through. */
export interface MessageFailure {
  /** `absent`: it speaks of what the own log does not know; `refused`: it will be the same tomorrow; `broken`: it threw. */
  readonly kind: 'absent' | 'refused' | 'broken';
  /** One line of bounded length. */
  readonly reason: string;
}

const ATTEMPTS = 3;
const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 5_000;
const REASON_CHARACTERS = 200;

/** Does the commands that follow from one message. */
export class Reactor {
  constructor(private readonly options: ReactorOptions) {}

  /**
   * Null when the message's commands went through; otherwise why they can't. A dependency that is down, or a stream that others keep
   * changing, is waited for as long as it lasts, and what throws is tried three times. Throws when the signal fires meanwhile.
   */
  async attempt(event: PublicEvent, signal: AbortSignal): Promise<MessageFailure | null> {
    let backOffMs = FIRST_BACK_OFF_MS;
    for (let failures = 0; ;) {
      try {
        const failure = await this.attemptOnce(event);
        if (failure?.kind !== 'broken' || ++failures >= ATTEMPTS) return failure;
        if (signal.aborted) throw new Unavailable('Stopped before the message was tried often enough');
      } catch (error) {
        if (!isPassing(error) || signal.aborted) throw error;
      }
      await this.options.ports.clock.wait(backOffMs, signal);
      backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
    }
  }

  /** The same without waiting. Throws what is no fault of the message and passes by itself. */
  async attemptOnce(event: PublicEvent): Promise<MessageFailure | null> {
    try {
      return await this.dispatchAll(event);
    } catch (error) {
      if (isPassing(error)) throw error;
      return { kind: 'broken', reason: reasonOf(error) };
    }
  }

  private async dispatchAll(event: PublicEvent): Promise<MessageFailure | null> {
    const { group, react, dispatch, ports } = this.options;
    for (const reaction of react(event)) {
      const answer = await dispatch(reaction, event.time, {
        commandId: deterministicId(group, event.id, reaction.command.type, `${reaction.aggregate}-${reaction.id}`),
        actor: CONSUMER_ACTOR(group),
        correlationId: event.correlationid,
        causationId: event.causationid,
        ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
        recordedAt: this.options.recordedAt?.(event) ?? ports.clock.now(),
      });
      // Deciders accept what is already so.
      if (answer.outcome === 'rejected') return { kind: answer.about ?? 'refused', reason: oneLine(`${answer.code}: ${answer.detail}`) };
    }
    return null;
  }
}

/** Whether it has nothing to do with what was asked for, and is over some time. */
export const isPassing = (error: unknown): boolean =>
  [Unavailable, Misconfigured, ConcurrencyConflict].some((kind) => error instanceof kind);

/** A parser quotes what it read, which may be anything: of its complaint only the kind is told. */
const reasonOf = (error: unknown): string => (error instanceof SyntaxError ? error.name : oneLine(String(error)));

const oneLine = (text: string): string => text.split('\n', 1).join('').slice(0, REASON_CHARACTERS);
