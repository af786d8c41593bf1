import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { workTopic } from '@onedoor/contracts';
import { published, Translator, VoidPosition, type Position, type RecordedEvent } from '@onedoor/engine';
import { PORTS, type Ports } from '@onedoor/platform';
import { CASE } from '../aggregates.js';
import { publishCase } from '../case/publish.js';
import { WorkRing, type WorkItem } from './work-ring.js';

const KEPT_ITEMS = 10_000;
const PAGE_EVENTS = 256;
const BACK_OFF_MS = 1_000;

/**
 * Departments' routed work, live from the log, in the relay's own words: one subscription for all who follow, as long as they are
 * not further behind than what is kept of it, and one of their own until they are not. Nobody is waited for: each asks for the next
 * when done with the last.
 */
@Injectable()
export class WorkFeed implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private opening: Promise<WorkRing> | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  /** Fires when the process is about to end. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** A department's work behind a position (null: from the beginning) in its order, then what comes, until the signal fires. */
  async *follow(department: string, after: Position | null, signal: AbortSignal): AsyncGenerator<WorkItem, void, undefined> {
    const topic = workTopic(department);
    const ring = await this.ring();
    let at = after;
    while (!signal.aborted) {
      if (!ring.covers(at)) {
        at = yield* this.catchUp(ring, topic, at, signal);
        continue;
      }
      const items = ring.after(at);
      for (const item of items) if (item.topic === topic) yield item;
      at = items.at(-1)?.position ?? at;
      if (items.length === 0) await ring.grown(signal);
    }
  }

  /** Whether a follower may go on from this position: false for one of another log. */
  async knows(position: Position): Promise<boolean> {
    const probe = new AbortController();
    try {
      for await (const _ of this.subscribe(position, probe.signal, 1)) break;
      return true;
    } catch (error) {
      if (error instanceof VoidPosition) return false;
      throw error;
    } finally {
      probe.abort();
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Opened by the first who follows: an import without followers pays nothing. */
  private ring(): Promise<WorkRing> {
    this.opening ??= this.open().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  private async open(): Promise<WorkRing> {
    const since = await this.ports.store.head();
    const ring = new WorkRing(since, KEPT_ITEMS);
    this.running = this.keepFilling(ring, since);
    return ring;
  }

  private async keepFilling(ring: WorkRing, since: Position | null): Promise<void> {
    const { clock, alarm } = this.ports;
    const translator = this.translator();
    let at = since;
    while (!this.signal.aborted) {
      try {
        for await (const next of this.subscribe(at, this.signal)) {
          if (next.kind === 'caught-up') continue;
          ring.push(await workOf(translator, next.events, this.signal));
          at = next.position;
        }
      } catch (error) {
        alarm('work feed failed', { retryInMs: BACK_OFF_MS, reason: String(error) });
      }
      await clock.wait(BACK_OFF_MS, this.signal);
    }
  }

  /** Reads the log itself up to where the ring begins; answers how far it came. */
  private async *catchUp(
    ring: WorkRing,
    topic: string,
    after: Position | null,
    signal: AbortSignal,
  ): AsyncGenerator<WorkItem, Position | null, undefined> {
    const translator = this.translator();
    let at = after;
    for await (const next of this.subscribe(after, signal)) {
      if (next.kind === 'page') for (const item of await workOf(translator, next.events, signal)) if (item.topic === topic) yield item;
      at = next.position ?? at;
      if (ring.covers(at)) break;
    }
    return at;
  }

  private translator(): Translator {
    return new Translator('routing', [published(CASE, publishCase)], this.ports);
  }

  private subscribe(after: Position | null, signal: AbortSignal, pageSize = PAGE_EVENTS): ReturnType<Ports['store']['subscribe']> {
    return this.ports.store.subscribe({
      after,
      categories: [CASE.category],
      pageSize,
      signal,
    });
  }
}

const ANY_WORK = workTopic('');

async function workOf(translator: Translator, events: readonly RecordedEvent[], signal: AbortSignal): Promise<readonly WorkItem[]> {
  const items: WorkItem[] = [];
  for (const recorded of events) {
    for (const { topic, event } of await translator.translate(recorded, signal)) {
      if (topic.startsWith(ANY_WORK)) items.push({ position: recorded.position, topic, event });
    }
  }
  return items;
}
