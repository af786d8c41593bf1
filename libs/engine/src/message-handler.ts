import type { PublicEvent } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import { deterministicId } from './deterministic-id.js';
import { ConcurrencyConflict } from './executor.js';
import type { Clock } from './ports/clock.js';
import { Misconfigured, Unavailable } from './ports/failures.js';
import { CONSUMER_ACTOR, type Dispatch, type React } from './reaction.js';

export interface MessageHandlerOptions {
  readonly group: string;
  readonly react: React;
  readonly dispatch: Dispatch;
  readonly ports: { readonly clock: Clock };
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** Why a message could not be handled. */
interface MessageFailure {
  /** `absent`: its subject is not in this context's log yet; `refused`: a final refusal; `broken`: its handling threw. */
  readonly kind: 'absent' | 'refused' | 'broken';
  /** One line of bounded length. */
  readonly reason: string;
}

const ATTEMPTS = 3;
const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 5_000;
const REASON_CHARACTERS = 200;

/** Executes the commands that follow from one message. */
export class MessageHandler {
  constructor(private readonly options: MessageHandlerOptions) {}

  /**
   * Null when the message's commands succeeded; otherwise why they did not. A dependency that is down, or a stream that other writers
   * keep changing, is retried without limit, each time after `onRetry` was told why; a command that throws is tried three times. Throws
   * when the signal fires meanwhile.
   */
  async attempt(event: PublicEvent, signal: AbortSignal, onRetry: (reason: string) => void): Promise<MessageFailure | null> {
    let backOffMs = FIRST_BACK_OFF_MS;
    for (let failures = 0; ;) {
      try {
        const failure = await this.attemptOnce(event);
        if (failure?.kind !== 'broken' || ++failures >= ATTEMPTS) return failure;
        if (signal.aborted) throw new Unavailable('Stopped before the message was tried often enough');
      } catch (error) {
        if (!isTransient(error) || signal.aborted) throw error;
        onRetry(reasonOf(error));
      }
      await this.options.ports.clock.wait(backOffMs, signal);
      backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
    }
  }

  /** The same with one attempt and no waiting. Throws transient errors, which are not caused by the message. */
  async attemptOnce(event: PublicEvent): Promise<MessageFailure | null> {
    try {
      return await this.dispatchAll(event);
    } catch (error) {
      if (isTransient(error)) throw error;
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

/** Whether an error is not caused by the request and will pass. */
export const isTransient = (error: unknown): boolean =>
  [Unavailable, Misconfigured, ConcurrencyConflict].some((kind) => error instanceof kind);

/** A parser's message quotes its input, which may hold personal data: only the error's name is kept. */
export const reasonOf = (error: unknown): string => (error instanceof SyntaxError ? error.name : oneLine(String(error)));

const oneLine = (text: string): string => text.split('\n', 1).join('').slice(0, REASON_CHARACTERS);

/**
 * Runs an action for each item, at most `limit` at a time. After a failure no further item is started, and the running ones are
 * awaited, so that no action outlives the call. Then the first failure is thrown.
 */
export async function forEachConcurrently<Item>(items: readonly Item[], limit: number, act: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items].reverse();
  const work = async (): Promise<void> => {
    try {
      for (let item = left.pop(); item !== undefined; item = left.pop()) await act(item);
    } catch (error) {
      left.length = 0;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, work));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
