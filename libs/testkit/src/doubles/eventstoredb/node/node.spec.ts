import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import type { EventStoreDbDouble } from '../double.js';
import { startEventStoreDbDouble } from '../start.js';
import { until } from '../../../until.js';
import { follow, IGNORED_CREDENTIALS } from '../table/server-under-test.js';

describe('a node of the double', () => {
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    double = await startEventStoreDbDouble({ stopServesMs: 300 });
    client = EventStoreDBClient.connectionString(double.connectionString);
  });
  afterEach(async () => {
    await client.dispose();
    await double.close();
  });
  const append = (by: EventStoreDBClient, deadline = 10_000) =>
    by.appendToStream('note-1', jsonEvent({ type: 'Noted', data: {} }), { credentials: IGNORED_CREDENTIALS, deadline });

  it('answers nothing while it hangs, on old and new connections, and then the calls that waited', async () => {
    await append(client);
    const { received } = follow(client.subscribeToAll({ fromPosition: START }));
    await until(() => received.includes('note-1@0'));
    double.hang();
    await expect(append(client, 200)).rejects.toMatchObject({ type: 'deadline-exceeded' });
    // By another host name, because clients of one address share a connection.
    const other = EventStoreDBClient.connectionString(double.connectionString.replace('127.0.0.1', 'localhost'));
    await expect(append(other, 200)).rejects.toMatchObject({ type: 'deadline-exceeded' });
    const waiting = append(client);
    const receivedBefore = received.length;
    double.resume();
    expect(await waiting).toMatchObject({ success: true });
    await until(() => received.length > receivedBefore);
    await append(other);
    await other.dispose();
  });

  it('breaks all calls when it is killed, and has its events when it is started again', async () => {
    await append(client);
    const { received, failed } = follow(client.subscribeToAll({ fromPosition: START }));
    await until(() => received.includes('note-1@0'));
    await double.kill();
    expect(await failed).toMatchObject({ type: 'unavailable' });
    await expect(append(client)).rejects.toMatchObject({ type: 'unavailable' });
    await double.start();
    expect(await append(client)).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('refuses connections as soon as it is stopped, goes on serving open calls, and aborts them in the end', async () => {
    const { received, failed } = follow(client.subscribeToAll({ fromPosition: START }));
    const batched = () => client.appendToStream('note-2', jsonEvent({ type: 'Noted', data: {} }));
    await batched();
    await until(() => received.includes('note-2@0'));
    const stopped = double.stop();
    const other = EventStoreDBClient.connectionString(double.connectionString);
    await expect(append(other, 100)).rejects.toBeDefined();
    expect(await batched()).toMatchObject({ success: true });
    await until(() => received.includes('note-2@1'));
    expect(await failed).toMatchObject({ type: 'unknown', code: 13 });
    await stopped;
    await double.start();
    expect(await append(client)).toMatchObject({ success: true });
    await other.dispose();
  });
});
