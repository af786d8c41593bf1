import { setTimeout as pause } from 'node:timers/promises';
import type { Position, RecordedEvent } from '@onedoor/engine';
import type { LogLedger } from '../ledger.js';
import { impostorsOf } from '../impostors.js';
import { oneOf } from '../seeded.js';
import { wrongInCaughtUp, wrongInHead, wrongInRead } from '../wrong-answers.js';
import type { LoadParts } from './load-parts.js';

const PAUSE_MS = 40;
/** A whole log is read by one question of so many, and otherwise what is new. */
const FROM_START_EVERY = 6;
const RECENT_APPENDS = 400;
const RECENT_STREAMS = 30;
const READ_MAX = 1_000;
/** What one subscription may ask for. */
export const CATEGORIES: readonly (readonly string[] | null)[] = [null, ['note'], ['memo']];

/** Reads streams of which it is known what they hold at least. */
export async function readStreams({ client, ledger, tally }: LoadParts, running: AbortSignal): Promise<void> {
  while (!running.aborted) {
    await pause(PAUSE_MS * Math.random());
    const stream = oneOf(ledger.streams.slice(-RECENT_STREAMS), Math.random);
    if (stream === undefined) continue;
    // A copy: what is acknowledged while the log answers may be missing from its answer.
    const known = { stream, ids: [...ledger.idsOf(stream)] };
    const from = Math.random() < 0.5 ? 0 : Math.floor(Math.random() * (known.ids.length + 1));
    const limit = Math.random() < 0.5 ? READ_MAX : 1 + Math.floor(Math.random() * (known.ids.length - from + 1));
    const outcome = await tally.call(`a read of ${stream}`, () => client.store.read(stream, from, limit));
    if (outcome.kind === 'answer') tally.answered(wrongInRead(known, from, limit, outcome.answer));
  }
}

/** Asks for the head. */
export async function askHeads({ client, ledger, tally }: LoadParts, running: AbortSignal): Promise<void> {
  while (!running.aborted) {
    await pause(2 * PAUSE_MS * Math.random());
    const acknowledged = ledger.head;
    const outcome = await tally.call('head', () => client.store.head());
    if (outcome.kind === 'answer') tally.answered(wrongInHead(acknowledged, outcome.answer));
  }
}

/** Opens subscriptions, and holds what each tells before it says `caught-up` against what was acknowledged before it was opened. */
export async function askCaughtUp({ client, ledger, tally }: LoadParts, running: AbortSignal): Promise<void> {
  for (let asked = 1; !running.aborted; asked++) {
    await pause(4 * PAUSE_MS * Math.random());
    const after = asked % FROM_START_EVERY === 0 ? null : knownPosition(ledger);
    const categories = oneOf(CATEGORIES, Math.random) ?? null;
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

/** Asks to go on from good positions, which are not void, and from impostors, which are. */
export async function askPositions({ client, ledger, tally }: LoadParts, running: AbortSignal): Promise<void> {
  while (!running.aborted) {
    await pause(4 * PAUSE_MS * Math.random());
    const good = knownPosition(ledger);
    const other = knownPosition(ledger);
    if (good === null || other === null) continue;
    const isGood = Math.random() < 0.5;
    const after = isGood ? good : (oneOf(impostorsOf(good, other), Math.random) ?? good);
    const leaving = new AbortController();
    const signals = client.store.subscribe({ after, signal: leaving.signal })[Symbol.asyncIterator]();
    const outcome = await tally.call('a subscription', () => signals.next());
    leaving.abort();
    if (outcome.kind === 'unavailable') continue;
    const isVoid = outcome.kind === 'void';
    if (isVoid && isGood) tally.answered(`${after} is void, where an append was acknowledged`);
    else tally.answered(isVoid || isGood ? null : `${after} is not void, where no event of the log stands`);
  }
}

/** Where a recent append ends; null where there is none. */
export function knownPosition(ledger: LogLedger): Position | null {
  const back = 1 + Math.floor(Math.random() * Math.min(RECENT_APPENDS, ledger.mark));
  return ledger.at(ledger.mark - back)?.position ?? null;
}
