import { addressOf } from './address.js';
import { Appender } from './appender.js';
import { Connection } from './connection.js';
import { EventStoreDbEventStore } from './event-store.js';
import { currentIncarnation, renewedIncarnation, standingIncarnation } from './incarnation.js';
import { LogReader } from './log-reader.js';
import type { EventStoreDbLog, EventStoreDbOptions } from './options.js';
import { StreamNaming } from './stream-naming.js';

const DEADLINE_MS = 5_000;

/** Connects, and names the log if nobody did so before. Throws `Unavailable` while the server cannot be reached. */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStoreDbLog> {
  const parts = connect(options);
  const incarnation = await orClose(parts.connection, currentIncarnation(parts.log));
  const store = new EventStoreDbEventStore({ ...parts, incarnation });
  return { store, incarnation: incarnation.name, close: () => parts.connection.close() };
}

/**
 * Makes all positions so far void, and answers the name of the new incarnation. Part of every restore: the server uses the same
 * positions again for other events, and whoever went on from an old one would miss them without a word. Nobody may have the log open.
 */
export async function renewIncarnation(options: EventStoreDbOptions): Promise<string> {
  const { connection, log } = connect(options);
  const { name } = await orClose(connection, renewedIncarnation(log));
  await connection.close();
  return name;
}

/** The name of the log; null where nobody has named it yet. Changes nothing. */
export async function knownIncarnation(options: EventStoreDbOptions): Promise<string | null> {
  const { connection, log } = connect(options);
  const incarnation = await orClose(connection, standingIncarnation(log));
  await connection.close();
  return incarnation?.name ?? null;
}

function connect({ connectionString, username, password, namespace, deadlineMs = DEADLINE_MS, alarm = () => undefined }: EventStoreDbOptions) {
  const user = username !== undefined && password !== undefined ? { username, password } : undefined;
  const connection = new Connection(addressOf(connectionString, user), alarm);
  const naming = new StreamNaming(namespace);
  const reader = new LogReader(connection, deadlineMs);
  const appender = new Appender(connection, deadlineMs);
  return { connection, naming, reader, appender, log: { stream: naming.incarnationStream, reader, appender } };
}

async function orClose<Opened>(connection: Connection, opening: Promise<Opened>): Promise<Opened> {
  try {
    return await opening;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
