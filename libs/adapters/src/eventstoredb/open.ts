import { type Alarm, Misconfigured, Unavailable } from '@onedoor/engine';
import { settledWithin } from '../shared/waits.js';
import { addressOf } from './address.js';
import { Appender } from './appender.js';
import { AccessDenied, Connection } from './connection.js';
import { EventStoreDbEventStore } from './event-store.js';
import type { Diagnosis } from './diagnose.js';
import { NoLeader } from './failure.js';
import { checkAppending, currentIncarnation, renewedIncarnation, standingIncarnation, type Incarnation } from './incarnation.js';
import { LogReader } from './log-reader.js';
import type { EventStoreDbLog, EventStoreDbOptions } from './options.js';
import { StreamHealth } from './stream-health.js';
import { StreamNaming } from './stream-naming.js';

const DEADLINE_MS = 5_000;

/**
 * Connects, names the log if it has no name yet, and checks the rights of the account. Throws `Unavailable` while the server cannot be
 * reached, and `Misconfigured` where the address or the account cannot be used; both say why.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbLog> {
  const parts = connect(options);
  const { connection } = parts;
  const incarnation = await opened(connection, () => (options.access === 'read' ? readable(parts) : writable(parts)));
  const store = new EventStoreDbEventStore({ ...parts, incarnation });
  return { store, incarnation: incarnation.name, dependency: connection.monitor, close: () => connection.close() };
}

/**
 * Makes all positions so far void, and answers the name of the new incarnation. Part of every restore: the server uses the same
 * positions again for other events, and a follower that went on from an old one would miss them. No process may have the log open.
 */
export async function renewIncarnation(options: EventStoreDbOptions): Promise<string> {
  const parts = connect(options);
  const { name } = await opened(parts.connection, () => renewedIncarnation(parts.log));
  await parts.connection.close();
  return name;
}

/** The name of the log; null where it has none yet. Changes nothing. */
export async function knownIncarnation(options: EventStoreDbOptions): Promise<string | null> {
  const parts = connect(options);
  const incarnation = await opened(parts.connection, () => standingIncarnation(parts.log));
  await parts.connection.close();
  return incarnation?.name ?? null;
}

type Connected = ReturnType<typeof connect>;

/** Makes the parts that share one connection; nothing is sent yet. Throws `Misconfigured` where the address cannot be used. */
export function connect({ connectionString, username, password, namespace, deadlineMs, alarm = silent }: EventStoreDbOptions) {
  const user = username !== undefined && password !== undefined ? { username, password } : undefined;
  const address = addressOf(connectionString, user);
  const connection = new Connection(address, alarm, deadlineMs ?? address.options.deadlineMs ?? DEADLINE_MS);
  const naming = new StreamNaming(namespace);
  const reader = new LogReader(connection);
  const appender = new Appender(connection);
  return {
    connection,
    naming,
    reader,
    appender,
    health: new StreamHealth(reader),
    log: { stream: naming.incarnationStream, reader, appender },
  };
}

const silent: Alarm = () => undefined;

async function writable({ log, reader }: Connected): Promise<Incarnation> {
  await permitted('read $all', reader.before(null, 1));
  const incarnation = await permitted('append', currentIncarnation(log));
  await permitted('append', checkAppending(log));
  return incarnation;
}

async function readable({ log, reader }: Connected): Promise<Incarnation> {
  await permitted('read $all', reader.before(null, 1));
  const incarnation = await standingIncarnation(log);
  if (incarnation === null) throw new Misconfigured('Nothing was ever kept in EventStoreDB, or it is another one');
  return incarnation;
}

/** Names the right that an account lacks. A user or password that is refused altogether is named by the call itself. */
async function permitted<Answer>(right: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    throw new Misconfigured(
      `The account of OneDoor at EventStoreDB may not ${right}: \`onedoor log prepare\` gives it the rights it needs`,
      { cause: error },
    );
  }
}

/** How long opening may take before the nodes are diagnosed. */
const DIAGNOSED_AFTER_MS = 500;

/**
 * Opens, and reports why where that fails: the client's own errors say little, so the nodes are diagnosed one by one. A permanent
 * cause is refused at once; for any other one the call is repeated as usual.
 */
export async function opened<Opened>(connection: Connection, open: () => Promise<Opened>): Promise<Opened> {
  try {
    const opening = open();
    const isSettled = await settledWithin(opening, DIAGNOSED_AFTER_MS);
    const diagnosis = isSettled ? null : refuseIfPermanent(await connection.diagnose());
    return await opening.catch((error: unknown) => explained(connection, diagnosis, error));
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function refuseIfPermanent(diagnosis: Diagnosis | null, cause?: unknown): Diagnosis | null {
  if (diagnosis?.isPermanent) throw new Misconfigured(`EventStoreDB can not be used: ${diagnosis.words}`, { cause });
  return diagnosis;
}

/** Throws why the server did not answer: by the diagnosis made during the wait, else by a new one. */
async function explained(connection: Connection, seen: Diagnosis | null, error: unknown): Promise<never> {
  if (!(error instanceof Unavailable)) throw error;
  const diagnosis = seen ?? refuseIfPermanent(await connection.diagnose(), error);
  if (diagnosis !== null) throw new Unavailable(`EventStoreDB does not answer: ${diagnosis.words}`, { cause: error });
  if (error.cause instanceof NoLeader)
    throw new Unavailable('EventStoreDB has no leader: its nodes answer, and none of them leads the cluster', { cause: error });
  throw error;
}
