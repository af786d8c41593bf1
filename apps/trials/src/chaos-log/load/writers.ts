import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AppendResult, ExpectedRevision, NewEvent, StreamName } from '@onedoor/engine';
import { sampleEvent } from '@onedoor/testkit';
import { wrongInConflict } from '../wrong-answers.js';
import type { LoadParts } from './load-parts.js';

const EVENTS_PER_STREAM = 200;
const EVENTS_PER_APPEND = 3;
const PAUSE_MS = 90;
const REPEAT_AFTER_MS = 50;
/** How often an append in doubt is given up instead of being repeated. */
const GIVEN_UP = 0.3;
const SHARED_STREAMS = 2;
/** How often a writer of a shared stream goes by what it was told last, not by the newest that is known. */
const STALE = 0.2;

/** Streams to which all clients append; each is replaced by another one when it is long. */
export class SharedStreams {
  private readonly parts = Array.from({ length: SHARED_STREAMS }, () => 0);

  /** One of them, by chance. */
  next(headOf: (stream: StreamName) => ExpectedRevision): StreamName {
    const slot = Math.floor(Math.random() * SHARED_STREAMS);
    const stream = this.nameOf(slot);
    const head = headOf(stream);
    if (head === 'no-stream' || head < EVENTS_PER_STREAM) return stream;
    this.parts[slot] = (this.parts[slot] ?? 0) + 1;
    return this.nameOf(slot);
  }

  private nameOf(slot: number): StreamName {
    return `memo-${slot}.${this.parts[slot] ?? 0}`;
  }
}

/** Appends to one stream of its own after another: no other writer appends there, so no append may meet a conflict. */
export async function writeOwn(parts: LoadParts, running: AbortSignal): Promise<void> {
  for (let part = 0; !running.aborted; part++) {
    const stream = `note-${parts.client.name}.${part}`;
    let head: ExpectedRevision = 'no-stream';
    while (!running.aborted && (head === 'no-stream' || head < EVENTS_PER_STREAM)) {
      const result: AppendResult | null = await append(parts, stream, head, running);
      if (result?.outcome === 'conflict') parts.tally.isWrong(`a conflict at ${head} of ${stream}, to which one writer appends`);
      // Where an append was given up in doubt it is not known how the stream stands: another one is begun.
      if (result?.outcome !== 'appended') break;
      head = result.revision;
      await pause(PAUSE_MS * 2 * Math.random());
    }
  }
}

/** Appends to the shared streams, where others may be first. */
export async function writeShared(parts: LoadParts, shared: SharedStreams, running: AbortSignal): Promise<void> {
  const { ledger, tally } = parts;
  const toldBy = new Map<StreamName, ExpectedRevision>();
  while (!running.aborted) {
    const stream = shared.next((name) => ledger.headOf(name));
    const known = ledger.headOf(stream);
    const expected = Math.random() < STALE ? (toldBy.get(stream) ?? known) : newest(known, toldBy.get(stream));
    const result = await append(parts, stream, expected, running);
    if (result?.outcome === 'conflict') {
      tally.answered(wrongInConflict(stream, expected, known, result.actual));
      toldBy.set(stream, result.actual ?? 'no-stream');
    } else if (result !== null) toldBy.set(stream, result.revision);
    await pause(PAUSE_MS * 2 * Math.random());
  }
}

type Answered = Promise<AppendResult | null>;

/** Appends events, the same ones again as long as that is in doubt; null where it was given up. */
async function append(parts: LoadParts, stream: StreamName, expected: ExpectedRevision, running: AbortSignal): Answered {
  const { client, ledger, tally, pulse } = parts;
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
        pulse.beat(client.name);
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

function newest(known: ExpectedRevision, told: ExpectedRevision | undefined): ExpectedRevision {
  if (told === undefined || told === 'no-stream') return known;
  return known === 'no-stream' ? told : Math.max(known, told);
}
