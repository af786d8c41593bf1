import { type Alarm, Misconfigured, Unavailable } from '@onedoor/engine';
import { settledWithin } from '../shared/waits.js';
import { addressOf } from './address.js';
import { Appender } from './appender.js';
import { AccessDenied, Connection } from './connection.js';
import { EventStoreDbEventStore } from './event-store.js';
import type { Trouble } from './diagnose.js';
import { NoLeader } from './failure.js';
import { checkAppending, currentIncarnation, renewedIncarnation, standingIncarnation, type Incarnation } from './incarnation.js';
import { LogReader } from './log-reader.js';
import type { EventStoreDbLog, EventStoreDbOptions } from './options.js';
import { StreamHealth } from './stream-health.js';
import { StreamNaming } from './stream-naming.js';

const DEADLINE_MS = 5_000;

/**
 * Connects, names the log if it has no name yet, and finds out whether this account may do what OneDoor does. Throws `Unavailable` while
 * the server cannot be reached, and `Misconfigured` where the address or the account will never do; both say which it is.
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

export type Connected = ReturnType<typeof connect>;

/** Everything over one connection; nothing is sent yet. Throws `Misconfigured` where the address can not be used. */
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

/** How long opening may take before the nodes are looked at. */
const LOOKED_AT_AFTER_MS = 500;

/**
 * Opens, and says why where it can not: a client only tells that it does not get through, so the nodes are looked at one by one. What
 * will not mend itself is refused at once; everything else is waited for as by any call.
 */
export async function opened<Opened>(connection: Connection, open: () => Promise<Opened>): Promise<Opened> {
  try {
    const opening = open();
    const isSettled = await settledWithin(opening, LOOKED_AT_AFTER_MS);
    const trouble = isSettled ? null : refuseIfPermanent(await connection.diagnose());
    return await opening.catch((error: unknown) => explained(connection, trouble, error));
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function refuseIfPermanent(trouble: Trouble | null, cause?: unknown): Trouble | null {
  if (trouble?.isPermanent) throw new Misconfigured(`EventStoreDB can not be used: ${trouble.words}`, { cause });
  return trouble;
}

/** Says why the server did not answer: by what was seen while it was waited for, else by a look now. */
async function explained(connection: Connection, seen: Trouble | null, error: unknown): Promise<never> {
  if (!(error instanceof Unavailable)) throw error;
  const trouble = seen ?? refuseIfPermanent(await connection.diagnose(), error);
  if (trouble !== null) throw new Unavailable(`EventStoreDB does not answer: ${trouble.words}`, { cause: error });
  if (error.cause instanceof NoLeader)
    throw new Unavailable('EventStoreDB has no leader: its nodes answer, and none of them leads the cluster', { cause: error });
  throw error;
}
