import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppendResult, ExpectedRevision, NewEvent, StreamName } from '@onedoor/engine';
import { sampleEvent } from '@onedoor/testkit';
import { wrongInConflict } from '../wrong-answers.js';
import type { LoadContext } from './load-context.js';

const EVENTS_PER_STREAM = 200;
const EVENTS_PER_APPEND = 3;
const PAUSE_MS = 90;
const REPEAT_AFTER_MS = 50;
/** The share of appends in doubt that are given up instead of repeated. */
const GIVEN_UP = 0.3;
const SHARED_STREAMS = 2;
/** The share of appends to a shared stream that expect an outdated revision: the one the writer was answered last. */
const STALE = 0.2;

/** Streams to which all clients append. Each is replaced by a new one at EVENTS_PER_STREAM. */
export class SharedStreams {
  private readonly generations = Array.from({ length: SHARED_STREAMS }, () => 0);

  /** A random one of them. */
  next(headOf: (stream: StreamName) => ExpectedRevision): StreamName {
    const slot = Math.floor(Math.random() * SHARED_STREAMS);
    const stream = this.nameOf(slot);
    const head = headOf(stream);
    if (head === 'no-stream' || head < EVENTS_PER_STREAM) return stream;
    this.generations[slot] = (this.generations[slot] ?? 0) + 1;
    return this.nameOf(slot);
  }

  private nameOf(slot: number): StreamName {
    return `memo-${slot}.${this.generations[slot] ?? 0}`;
  }
}

/** Appends to its own streams, one after the other. No other writer appends there, so no append may conflict. */
export async function writeOwn(context: LoadContext, running: AbortSignal): Promise<void> {
  for (let part = 0; !running.aborted; part++) {
    const stream = `note-${context.client.name}.${part}`;
    let head: ExpectedRevision = 'no-stream';
    while (!running.aborted && (head === 'no-stream' || head < EVENTS_PER_STREAM)) {
      const result: AppendResult | null = await append(context, stream, head, running);
      if (result?.outcome === 'conflict') context.tally.isWrong(`a conflict at ${head} of ${stream}, to which one writer appends`);
      // After an append in doubt the revision of the stream is unknown: the writer begins another stream.
      if (result?.outcome !== 'appended') break;
      head = result.revision;
      await pause(PAUSE_MS * 2 * Math.random());
    }
  }
}

/** Appends to the shared streams, where appends may conflict. */
export async function writeShared(context: LoadContext, shared: SharedStreams, running: AbortSignal): Promise<void> {
  const { ledger, tally } = context;
  const answered = new Map<StreamName, ExpectedRevision>();
  while (!running.aborted) {
    const stream = shared.next((name) => ledger.headOf(name));
    const known = ledger.headOf(stream);
    const expected = Math.random() < STALE ? (answered.get(stream) ?? known) : newest(known, answered.get(stream));
    const result = await append(context, stream, expected, running);
    if (result?.outcome === 'conflict') {
      tally.answered(wrongInConflict(stream, expected, known, result.actual));
      answered.set(stream, result.actual ?? 'no-stream');
    } else if (result !== null) answered.set(stream, result.revision);
    await pause(PAUSE_MS * 2 * Math.random());
  }
}

type Answered = Promise<AppendResult | null>;

/** Appends events, and repeats the same append while its outcome is in doubt; null where it was given up. */
async function append(context: LoadContext, stream: StreamName, expected: ExpectedRevision, running: AbortSignal): Answered {
  const { client, ledger, tally, notifier } = context;
  const events = someEvents();
  for (;;) {
    const outcome = await tally.call(`an append to ${stream}`, () => client.store.append(stream, expected, events));
    if (outcome.kind === 'answer') {
      const { answer } = outcome;
      if (answer.outcome === 'conflict') ledger.note(events, 'refused');
      else {
        const revision = (expected === 'no-stream' ? -1 : expected) + events.length;
        if (answer.revision !== revision) tally.isWrong(`an append to ${stream} at ${expected} answered as revision ${answer.revision}`);
        ledger.acknowledge({ stream, ids: events.map(({ id }) => id), revision, position: answer.position });
        notifier.notify(client.name);
      }
      return answer;
    }
    if (running.aborted || Math.random() < GIVEN_UP) {
      ledger.note(events, 'in-doubt');
      return null;
    }
    await pause(REPEAT_AFTER_MS);
  }
}

const someEvents = (): readonly NewEvent[] =>
  Array.from({ length: 1 + Math.floor(Math.random() * EVENTS_PER_APPEND) }, () => {
    const id = randomUUID();
    return sampleEvent(id, { note: id, text: 'x'.repeat(Math.floor(Math.random() ** 4 * 2_000)) });
  });

/** The higher of the revision in the ledger and the one that the writer was answered. */
function newest(known: ExpectedRevision, answered: ExpectedRevision | undefined): ExpectedRevision {
  if (answered === undefined || answered === 'no-stream') return known;
  return known === 'no-stream' ? answered : Math.max(known, answered);
}
