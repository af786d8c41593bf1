import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { workTopic } from '@onedoor/contracts';
import { published, readUpTo, Translator, VoidPosition, type Position, type RecordedEvent } from '@onedoor/engine';
import { Caches, PORTS, type Ports } from '@onedoor/platform';
import { CASE } from '../aggregates.js';
import { publishCase } from '../case/publish.js';
import { TranslatedWork } from './translated-work.js';
import { WorkRing, type WorkItem } from './work-ring.js';

/** The last work of all departments. */
const RING_BYTES = 16_000_000;
/** What was translated for followers that are further behind. */
const TRANSLATED_BYTES = 32_000_000;
/** The states of streams that are being translated. */
const STATES_BYTES = 12_000_000;
/** An item besides its text, which is counted twice: as the event's values, and as their text on the way out. */
const BYTES_OF_ITEM = 500;
const PAGE_EVENTS = 256;
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 30_000;

/**
 * Departments' routed work, live from the log, in the relay's own words: one subscription for all followers, as long as they are not
 * further behind than what is kept of it, and one of their own until they are not. All of them share one translator and what it
 * translated, so memory does not grow with their number. No follower waits for another: each asks for the next item when it is done with
 * the last one.
 */
@Injectable()
export class WorkFeed implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private opening: Promise<WorkRing> | null = null;
  private running: Promise<void> = Promise.resolve();
  private readonly translator: Translator;
  private heldByRing: () => number = () => 0;
  private readonly translated = new TranslatedWork(TRANSLATED_BYTES);

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    caches: Caches,
  ) {
    this.translator = new Translator('routing', [published(CASE, publishCase)], ports, STATES_BYTES);
    caches.register('work translated', () => this.translated.bytes + this.translator.cachedBytes);
    caches.register('work ring', () => this.heldByRing());
  }

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
    const ring = new WorkRing(since, RING_BYTES);
    this.heldByRing = () => ring.bytes;
    this.running = this.keepFilling(ring, since);
    return ring;
  }

  private async keepFilling(ring: WorkRing, since: Position | null): Promise<void> {
    const { clock, alarm } = this.ports;
    let at = since;
    let backOffMs = FIRST_BACK_OFF_MS;
    while (!this.signal.aborted) {
      try {
        for await (const next of this.subscribe(at, this.signal)) {
          backOffMs = FIRST_BACK_OFF_MS;
          if (next.kind === 'caught-up') continue;
          ring.push(await this.workOf(next.events, this.signal));
          at = next.position;
        }
      } catch (error) {
        alarm('work feed failed', { retryInMs: backOffMs, reason: String(error) });
      }
      await clock.wait(backOffMs, this.signal);
      backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
    }
  }

  /** Reads the log itself up to where the ring begins; answers how far it came. */
  private async *catchUp(
    ring: WorkRing,
    topic: string,
    after: Position | null,
    signal: AbortSignal,
  ): AsyncGenerator<WorkItem, Position | null, undefined> {
    let at = after;
    for await (const next of this.subscribe(after, signal)) {
      if (next.kind === 'page') for (const item of await this.workOf(next.events, signal)) if (item.topic === topic) yield item;
      at = next.position ?? at;
      if (ring.covers(at)) break;
    }
    return at;
  }

  private async workOf(events: readonly RecordedEvent[], signal: AbortSignal): Promise<readonly WorkItem[]> {
    const items: WorkItem[] = [];
    for (const event of events) {
      const item = await this.itemOf(event, signal);
      if (item !== null) items.push(item);
    }
    return items;
  }

  /** What an event led to; translated with what stands before it in its stream, unless another follower came by it already. */
  private async itemOf(event: RecordedEvent, signal: AbortSignal): Promise<WorkItem | null> {
    const { stream, revision } = event;
    const known = this.translated.revisionOf(stream);
    if (revision <= known) return this.translated.itemAt(stream, revision);
    for (const before of await readUpTo(this.ports, stream, known + 1, revision - 1, signal))
      this.translated.keep(stream, before.revision, await this.translate(before, signal));
    const item = await this.translate(event, signal);
    this.translated.keep(stream, revision, item);
    return item;
  }

  /** Null where it leads to no department's work; no event leads to two of them. */
  private async translate(event: RecordedEvent, signal: AbortSignal): Promise<WorkItem | null> {
    const work = (await this.translator.translate(event, signal)).find(({ topic }) => topic.startsWith(ANY_WORK));
    if (work === undefined) return null;
    return { position: event.position, ...work, bytes: BYTES_OF_ITEM + 2 * JSON.stringify(work.event).length };
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
