import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import type { EventStoreDbDouble } from '../double.js';
import { startEventStoreDbDouble } from '../start.js';
import { until } from '../../../until.js';
import { follow } from '../table/server-under-test.js';

const CREDENTIALS = { username: 'nobody', password: 'nothing' };

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
    by.appendToStream('note-1', jsonEvent({ type: 'Noted', data: {} }), { credentials: CREDENTIALS, deadline });

  it('answers nothing while it hangs, on old connections and new ones, and then what waited', async () => {
    await append(client);
    const { told } = follow(client.subscribeToAll({ fromPosition: START }));
    await until(() => told.includes('note-1@0'));
    double.hang();
    await expect(append(client, 200)).rejects.toMatchObject({ type: 'deadline-exceeded' });
    // By another name, for clients of one address share a connection.
    const other = EventStoreDBClient.connectionString(double.connectionString.replace('127.0.0.1', 'localhost'));
    await expect(append(other, 200)).rejects.toMatchObject({ type: 'deadline-exceeded' });
    const waiting = append(client);
    const toldBefore = told.length;
    double.resume();
    expect(await waiting).toMatchObject({ success: true });
    await until(() => told.length > toldBefore);
    await append(other);
    await other.dispose();
  });

  it('breaks everything off when it is killed, and has what was written when it comes back', async () => {
    await append(client);
    const { told, failed } = follow(client.subscribeToAll({ fromPosition: START }));
    await until(() => told.includes('note-1@0'));
    await double.kill();
    expect(await failed).toMatchObject({ type: 'unavailable' });
    await expect(append(client)).rejects.toMatchObject({ type: 'unavailable' });
    await double.start();
    expect(await append(client)).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('refuses connections as soon as it is stopped, serves open calls on, and breaks them off in the end', async () => {
    const { told, failed } = follow(client.subscribeToAll({ fromPosition: START }));
    const batched = () => client.appendToStream('note-2', jsonEvent({ type: 'Noted', data: {} }));
    await batched();
    await until(() => told.includes('note-2@0'));
    const stopped = double.stop();
    const other = EventStoreDBClient.connectionString(double.connectionString);
    await expect(append(other, 100)).rejects.toBeDefined();
    expect(await batched()).toMatchObject({ success: true });
    await until(() => told.includes('note-2@1'));
    expect(await failed).toMatchObject({ type: 'unknown', code: 13 });
    await stopped;
    await double.start();
    expect(await append(client)).toMatchObject({ success: true });
    await other.dispose();
  });
});
