import type { EventStore, Position, RecordedEvent, SubscribeOptions, SubscriptionSignal } from '@onedoor/engine';
import { readLog } from './contracts/event-store-under-test.js';

/** Which share of its content each of the next answers holds, from 0 (nothing) to 1 (all). After the last share answers are whole. */
export interface Shares {
  /** Of a stream's events. */
  readonly reads?: readonly number[];
  /** Of a page's events, followed by a premature `caught-up`; 1 leaves the page alone. */
  readonly pages?: readonly number[];
  /** Of the log, whose last event is reported as the head. */
  readonly heads?: readonly number[];
}

/**
 * An event store whose answers are truncated yet successful, as from a client that was closed in the middle of an answer, or from a
 * server that lags behind its leader. The part it does return is correct. The same shares give the same answers.
 */
export function shortAnswers(store: EventStore, { reads = [], pages = [], heads = [] }: Shares): EventStore {
  const [ofRead, ofPage, ofHead] = [sharesIn(reads), sharesIn(pages), sharesIn(heads)];

  async function* subscribe(options: SubscribeOptions): AsyncGenerator<SubscriptionSignal, void, undefined> {
    let position = options.after;
    for await (const next of store.subscribe(options)) {
      const share = next.kind === 'page' ? ofPage() : 1;
      if (next.kind === 'page' && share < 1) {
        const [before, behind] = cut(next.events, share);
        position = before.at(-1)?.position ?? position;
        if (position !== null && before.length > 0) yield { kind: 'page', events: before, position };
        yield { kind: 'caught-up', position };
        if (behind.length > 0) yield { kind: 'page', events: behind, position: next.position };
      } else yield next;
      position = next.position;
    }
  }

  return {
    append: (...given) => store.append(...given),
    read: async (...given) => cut(await store.read(...given), ofRead())[0],
    subscribe,
    async head(): Promise<Position | null> {
      const share = ofHead();
      if (share === 1) return store.head();
      return cut((await readLog(store)).events, share)[0].at(-1)?.position ?? null;
    },
  };
}

function sharesIn(shares: readonly number[]): () => number {
  const left = shares.values();
  return () => left.next().value ?? 1;
}

function cut(
  events: readonly RecordedEvent[],
  share: number,
): readonly [before: readonly RecordedEvent[], behind: readonly RecordedEvent[]] {
  const length = Math.floor(events.length * share);
  return [events.slice(0, length), events.slice(length)];
}
