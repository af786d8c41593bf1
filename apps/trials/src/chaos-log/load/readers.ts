import { setTimeout as pause } from 'node:timers/promises';
import type { Position, RecordedEvent } from '@onedoor/engine';
import type { LogLedger } from '../ledger.js';
import { voidPositionsOf } from '../void-positions.js';
import { wrongInCaughtUp, wrongInHead, wrongInRead } from '../wrong-answers.js';
import type { LoadContext } from './load-context.js';

const PAUSE_MS = 40;
/** One of so many subscriptions begins at the start of the log, the others near its end. */
const FROM_START_EVERY = 6;
const RECENT_APPENDS = 400;
const RECENT_STREAMS = 30;
const READ_MAX = 1_000;
/** The categories of subscriptions; null for all. */
export const CATEGORIES: readonly (readonly string[] | null)[] = [null, ['note'], ['memo']];

/** Reads streams with acknowledged events, and checks the answers. */
export async function readStreams({ client, ledger, tally }: LoadContext, running: AbortSignal): Promise<void> {
  while (!running.aborted) {
    await pause(PAUSE_MS * Math.random());
    const stream = pickOne(ledger.streams.slice(-RECENT_STREAMS));
    if (stream === undefined) continue;
    // A copy: events acknowledged during the read may be missing from its answer.
    const known = { stream, ids: [...ledger.idsOf(stream)] };
    const from = Math.random() < 0.5 ? 0 : Math.floor(Math.random() * (known.ids.length + 1));
    const limit = Math.random() < 0.5 ? READ_MAX : 1 + Math.floor(Math.random() * (known.ids.length - from + 1));
    const outcome = await tally.call(`a read of ${stream}`, () => client.store.read(stream, from, limit));
    if (outcome.kind === 'answer') tally.answered(wrongInRead(known, from, limit, outcome.answer));
  }
}

/** Reads the head, and checks it. */
export async function readHeads({ client, ledger, tally }: LoadContext, running: AbortSignal): Promise<void> {
  while (!running.aborted) {
    await pause(2 * PAUSE_MS * Math.random());
    const acknowledged = ledger.head;
    const outcome = await tally.call('head', () => client.store.head());
    if (outcome.kind === 'answer') tally.answered(wrongInHead(acknowledged, outcome.answer));
  }
}

/** Opens subscriptions, and checks that each delivers before `caught-up` all events that were acknowledged before it was opened. */
export async function readUntilCaughtUp({ client, ledger, tally }: LoadContext, running: AbortSignal): Promise<void> {
  for (let count = 1; !running.aborted; count++) {
    await pause(4 * PAUSE_MS * Math.random());
    const after = count % FROM_START_EVERY === 0 ? null : knownPosition(ledger);
    const categories = pickOne(CATEGORIES) ?? null;
    const { mark } = ledger;
    const events: RecordedEvent[] = [];
    const leaving = new AbortController();
    const signals = client.store.subscribe({ after, signal: leaving.signal, ...(categories && { categories }) })[Symbol.asyncIterator]();
    for (;;) {
      const outcome = await tally.call('a subscription', () => signals.next());
      if (outcome.kind === 'void') tally.answered(`${after} is void, where an append was acknowledged`);
      if (outcome.kind !== 'answer' || outcome.answer.done) break;
      const signal = outcome.answer.value;
      if (signal.kind === 'caught-up') {
        tally.answered(wrongInCaughtUp({ after, categories }, ledger.acknowledgedAfter(after, mark), events, signal.position));
        break;
      }
      events.push(...signal.events);
    }
    leaving.abort();
  }
}

/** Subscribes from valid positions, and from void ones, which must be answered as void. */
export async function subscribeFromPositions({ client, ledger, tally }: LoadContext, running: AbortSignal): Promise<void> {
  while (!running.aborted) {
    await pause(4 * PAUSE_MS * Math.random());
    const valid = knownPosition(ledger);
    const other = knownPosition(ledger);
    if (valid === null || other === null) continue;
    const isValid = Math.random() < 0.5;
    const after = isValid ? valid : (pickOne(voidPositionsOf(valid, other)) ?? valid);
    const leaving = new AbortController();
    const signals = client.store.subscribe({ after, signal: leaving.signal })[Symbol.asyncIterator]();
    const outcome = await tally.call('a subscription', () => signals.next());
    leaving.abort();
    if (outcome.kind === 'unavailable') continue;
    const isVoid = outcome.kind === 'void';
    if (isVoid && isValid) tally.answered(`${after} is void, where an append was acknowledged`);
    else tally.answered(isVoid || isValid ? null : `${after} is not void, where no event of the log stands`);
  }
}

/** The position of a random recent append; null where there is none. */
export function knownPosition(ledger: LogLedger): Position | null {
  const back = 1 + Math.floor(Math.random() * Math.min(RECENT_APPENDS, ledger.mark));
  return ledger.at(ledger.mark - back)?.position ?? null;
}

/** A random one of these items; undefined where there is none. */
export const pickOne = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(Math.random() * items.length)];
