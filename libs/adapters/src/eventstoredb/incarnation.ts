import { randomUUID } from 'node:crypto';
import { jsonEvent, type RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { Unavailable } from '@onedoor/engine';
import type { Appender } from './appender.js';
import type { LogReader } from './log-reader.js';

const TYPE = 'IncarnationBegan';
/** One for each restore since the log began. */
const INCARNATIONS_MAX = 10_000;
const NAME_LENGTH = 12;

export interface Incarnation {
  /** Every position begins with it. */
  readonly name: string;
  /** Where the first incarnation began: before it stands nothing of the city. */
  readonly origin: bigint;
}

interface IncarnationLog {
  readonly stream: string;
  readonly reader: LogReader;
  readonly appender: Appender;
}

/** The log's present incarnation; the first process to open a log names it. */
export async function currentIncarnation(log: IncarnationLog): Promise<Incarnation> {
  return (await standingIncarnation(log)) ?? presentOf(await beginAnother(log, []));
}

/** The same, but null where nobody named the log yet. */
export async function standingIncarnation({ stream, reader }: IncarnationLog): Promise<Incarnation | null> {
  const known = await reader.stream(stream, 0, INCARNATIONS_MAX);
  return known.length > 0 ? presentOf(known) : null;
}

/** Makes every position so far void. To be called after a restore, while nobody has the log open. */
export async function renewedIncarnation(log: IncarnationLog): Promise<Incarnation> {
  return presentOf(await beginAnother(log, await log.reader.stream(log.stream, 0, INCARNATIONS_MAX)));
}

/** Whoever loses the race takes what the winner wrote. */
async function beginAnother({ stream, reader, appender }: IncarnationLog, known: readonly ServerEvent[]): Promise<readonly ServerEvent[]> {
  const name = randomUUID().replaceAll('-', '').slice(0, NAME_LENGTH);
  await appender.append(stream, known.length - 1, [jsonEvent({ type: TYPE, data: { incarnation: name } })]);
  return reader.stream(stream, 0, INCARNATIONS_MAX);
}

function presentOf(events: readonly ServerEvent[]): Incarnation {
  const data = events.at(-1)?.data;
  const origin = events[0]?.position?.commit;
  if (origin === undefined || typeof data !== 'object' || !('incarnation' in data)) throw new Unavailable('EventStoreDB does not tell the incarnation of its log');
  return { name: String(data.incarnation), origin };
}
