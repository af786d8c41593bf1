import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, type JSONType, NO_STREAM } from '@eventstore/db-client';
import { openEventStoreDb } from '@onedoor/adapters';
import { DoubleProcess } from '../../double-process.js';
import { sampleEvent } from '../fixtures/sample-events.js';
import { best, measurement, type Measurement } from '../measurement.js';

const ROUNDS = 3;
const ROUND_MS = 2_000;
const APPENDS_TO_FOLLOW = 5_000;
/** Credentials make each append a call of its own, as in the adapter, instead of a batch append. Without TLS they are not sent. */
const CALLER = { credentials: { username: 'unknown', password: 'ignored' }, requiresLeader: true } as const;

/**
 * Appends to EventStoreDB with one writer and with sixteen, and a subscription to the whole log. Floor: the bare client in the same rounds
 * on the same server, the one that EVENTSTORE_URL names or a double as a process.
 */
export async function log(environment: NodeJS.ProcessEnv): Promise<readonly Measurement[]> {
  const double = environment['EVENTSTORE_URL'] === undefined ? new DoubleProcess('eventstoredb', []) : null;
  const connectionString = environment['EVENTSTORE_URL'] ?? (await double?.start()) ?? '';
  const client = EventStoreDBClient.connectionString(connectionString);
  const namespace = `bench_${randomUUID().replaceAll('-', '')}`;
  const { store, close } = await openEventStoreDb({ connectionString, namespace });
  try {
    let number = 0;
    const byClient = () => bareAppend(client, `${namespace}-bare.${(number += 1)}`, number);
    const byPort = () => store.append(`sample-${(number += 1)}`, 'no-stream', [sampleEvent(number)]);
    const rounds = { bare1: [] as number[], port1: [] as number[], bare16: [] as number[], port16: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      rounds.bare1.push(await perSecond(byClient, 1));
      rounds.port1.push(await perSecond(byPort, 1));
      rounds.bare16.push(await perSecond(byClient, 16));
      rounds.port16.push(await perSecond(byPort, 16));
    }
    while (number < APPENDS_TO_FOLLOW) await Promise.all(Array.from({ length: 16 }, byPort));
    const follow = { bare: [] as number[], port: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const events = { inLog: 0 };
      const bareSeconds = await secondsOf(client.readAll(CALLER), () => (events.inLog += 1) > 0);
      const portSeconds = await secondsOf(
        store.subscribe({ after: null, signal: new AbortController().signal }),
        (next) => next.kind === 'page',
      );
      follow.bare.push(events.inLog / bareSeconds);
      // The port reads the same log, though it delivers only the events of its namespace.
      follow.port.push(events.inLog / portSeconds);
    }
    return [
      measurement('log-append-1', 'appends per second', best(rounds.port1), best(rounds.bare1), { atLeast: 0.7 }),
      measurement('log-append-16', 'appends per second', best(rounds.port16), best(rounds.bare16), { atLeast: 0.7 }),
      measurement('log-follow', 'events of the log passed per second', best(follow.port), best(follow.bare), { atLeast: 0.5 }),
    ];
  } finally {
    await close();
    await client.dispose();
    await double?.kill();
  }
}

async function bareAppend(client: EventStoreDBClient, stream: string, number: number): Promise<void> {
  const { type, data, metadata } = sampleEvent(number);
  await client.appendToStream(stream, [jsonEvent({ type, data: data as JSONType, metadata: { ...metadata } })], {
    ...CALLER,
    expectedRevision: NO_STREAM,
  });
}

async function perSecond(append: () => Promise<unknown>, callers: number): Promise<number> {
  let count = 0;
  const started = performance.now();
  const caller = async (): Promise<void> => {
    for (; performance.now() < started + ROUND_MS; count += 1) await append();
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (count / (performance.now() - started)) * 1_000;
}

/** The time until the iteration ends, or yields the first item that is no part of the measurement. */
async function secondsOf<Item>(items: AsyncIterable<Item>, isPart: (item: Item) => boolean): Promise<number> {
  const started = performance.now();
  for await (const item of items) if (!isPart(item)) break;
  return (performance.now() - started) / 1_000;
}
