import { randomUUID } from 'node:crypto';
import { jsonEvent, type RecordedEvent as ServerEvent } from '@eventstore/db-client';
import { DamagedStream, Unavailable } from '@onedoor/engine';
import type { Appender } from './appender.js';
import type { LogReader } from './log-reader.js';
import { lackIn } from './stream-health.js';

const TYPE = 'IncarnationBegan';
/** One for each restore since the log began. */
const INCARNATIONS_MAX = 10_000;
const NAME_LENGTH = 12;

export interface Incarnation {
  /** Every position begins with it. */
  readonly name: string;
  /** Where the first incarnation began: no event of the city comes before it. */
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

/** The same, but null where the log has no name yet. Changes nothing. */
export async function standingIncarnation(log: IncarnationLog): Promise<Incarnation | null> {
  const known = await incarnationsOf(log);
  return known.length > 0 ? presentOf(known) : null;
}

/** Makes every position so far void. To be called after a restore, while no process has the log open. */
export async function renewedIncarnation(log: IncarnationLog): Promise<Incarnation> {
  return presentOf(await beginAnother(log, await incarnationsOf(log)));
}

/**
 * Checks that the account may append, and writes nothing: the first event is appended once more at its own revision, which the server
 * answers as the first time. Throws `Misconfigured` where the account may not.
 */
export async function checkAppending(log: IncarnationLog): Promise<void> {
  const [first] = await incarnationsOf(log);
  if (first === undefined) return;
  await log.appender.append(log.stream, -1, [
    jsonEvent({ id: first.id, type: TYPE, data: first.data as { readonly incarnation: string } }),
  ]);
}

/** The process that loses the race takes what the winner wrote. */
async function beginAnother(log: IncarnationLog, known: readonly ServerEvent[]): Promise<readonly ServerEvent[]> {
  const name = randomUUID().replaceAll('-', '').slice(0, NAME_LENGTH);
  await log.appender.append(log.stream, known.length - 1, [jsonEvent({ type: TYPE, data: { incarnation: name } })]);
  return incarnationsOf(log);
}

async function incarnationsOf({ stream, reader }: IncarnationLog): Promise<readonly ServerEvent[]> {
  const known = await reader.stream(stream, 0, INCARNATIONS_MAX);
  const lack = known === null ? null : lackIn(known, 0);
  if (lack !== null) throw new DamagedStream(stream, lack);
  return known ?? [];
}

function presentOf(events: readonly ServerEvent[]): Incarnation {
  const data = events.at(-1)?.data;
  const origin = events[0]?.position?.commit;
  if (origin === undefined || typeof data !== 'object' || !('incarnation' in data))
    throw new Unavailable('EventStoreDB does not tell the incarnation of its log');
  return { name: String(data.incarnation), origin };
}
