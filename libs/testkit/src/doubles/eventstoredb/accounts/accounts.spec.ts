import { type Credentials, EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import type { EventStoreDbDouble } from '../double.js';
import { startEventStoreDbDouble } from '../start.js';
import { until } from '../../../until.js';
import { follow } from '../table/server-under-test.js';
import { makeCertificate } from '../tls/certificate.js';
import { ADMINISTRATOR, callHttp, createLeastPrivilegeAccount } from './administration.js';

const CITY: Credentials = { username: 'city', password: 'secret:one' };
const DENIED = { type: 'access-denied', code: 7 };

describe('a double with accounts', () => {
  const certificate = makeCertificate();
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    double = await startEventStoreDbDouble({ accounts: true, tls: { certificate } });
    client = EventStoreDBClient.connectionString(double.connectionString);
  });
  afterEach(async () => {
    await client.dispose();
    await double.close();
  });
  const append = (stream: string, credentials?: Credentials) =>
    client.appendToStream(stream, jsonEvent({ type: 'Noted', data: {} }), { ...(credentials && { credentials }) });
  const read = async (stream: string, credentials: Credentials): Promise<number> => {
    let count = 0;
    for await (const _event of client.readStream(stream, { credentials })) count += 1;
    return count;
  };
  const readAll = async (credentials: Credentials): Promise<number> => {
    let count = 0;
    for await (const _event of client.readAll({ credentials })) count += 1;
    return count;
  };
  const http = (method: string, path: string, body?: object, credentials?: Credentials) =>
    callHttp({ port: double.port, authority: certificate.authority }, method, path, body, credentials);
  const makeCity = () => http('POST', '/users/', { loginName: 'city', fullName: 'The city', groups: ['city'], password: CITY.password });

  it('needs TLS', async () => {
    await expect(startEventStoreDbDouble({ accounts: true })).rejects.toThrow('accounts needs tls');
  });

  it('answers no call without the right password', async () => {
    for (const credentials of [
      { username: 'admin', password: 'wrong' },
      { username: 'unknown', password: 'changeit' },
    ]) {
      await expect(append('note-1', credentials)).rejects.toMatchObject({ type: 'access-denied', code: 16 });
      await expect(readAll(credentials)).rejects.toMatchObject({ type: 'access-denied', code: 16 });
    }
    await expect(append('note-1')).rejects.toMatchObject({ type: 'access-denied', code: 16 });
    await append('note-1', ADMINISTRATOR);
    expect(await readAll(ADMINISTRATOR)).toBe(double.eventCount);
  });

  it('lets an account use user streams, but neither system streams nor $all', async () => {
    await makeCity();
    await append('note-1', CITY);
    expect(await read('note-1', CITY)).toBe(1);
    await client.setStreamMetadata('note-1', { truncateBefore: 1 }, { credentials: CITY });
    await client.deleteStream('note-1', { credentials: CITY });
    await expect(append('$settings', CITY)).rejects.toMatchObject(DENIED);
    await expect(read('$user-admin', CITY)).rejects.toMatchObject(DENIED);
    await expect(readAll(CITY)).rejects.toMatchObject(DENIED);
    expect(await follow(client.subscribeToAll({ fromPosition: START, credentials: CITY })).failed).toMatchObject(DENIED);
  });

  it('restricts accounts by default lists and by the metadata of $all', async () => {
    await createLeastPrivilegeAccount(client, { port: double.port, authority: certificate.authority }, CITY);
    await http('POST', '/users/', { loginName: 'other', fullName: '', groups: [], password: 'other' });
    await append('note-1', CITY);
    expect(await read('note-1', CITY)).toBe(1);
    expect(await readAll(CITY)).toBe(double.eventCount);
    const { received, subscription } = follow(client.subscribeToAll({ fromPosition: START, credentials: CITY }));
    await until(() => received.includes('note-1@0'));
    await subscription.unsubscribe();
    const refused = [
      client.setStreamMetadata('note-1', { truncateBefore: 1 }, { credentials: CITY }),
      client.getStreamMetadata('note-1', { credentials: CITY }),
      client.deleteStream('note-1', { credentials: CITY }),
      client.tombstoneStream('note-1', { credentials: CITY }),
      append('note-1', { username: 'other', password: 'other' }),
      read('note-1', { username: 'other', password: 'other' }),
    ];
    for (const refusal of await Promise.allSettled(refused)) expect(refusal).toMatchObject({ status: 'rejected', reason: DENIED });
    await client.setStreamMetadata('note-1', { acl: { readRoles: ['other'] } }, { credentials: ADMINISTRATOR });
    expect(await read('note-1', { username: 'other', password: 'other' })).toBe(1);
    await expect(read('note-1', CITY)).rejects.toMatchObject(DENIED);
    expect(await read('note-1', ADMINISTRATOR)).toBe(1);
    await client.tombstoneStream('note-1', { credentials: ADMINISTRATOR });
  });

  it('refuses a batch append to an account without the right', async () => {
    await makeCity();
    const own = EventStoreDBClient.connectionString(
      double.connectionString.replace('esdb://', `esdb://city:${encodeURIComponent(CITY.password)}@`),
    );
    await own.appendToStream('note-1', jsonEvent({ type: 'Noted', data: {} }));
    await expect(own.appendToStream('$settings', jsonEvent({ type: 'Noted', data: {} }))).rejects.toMatchObject({ type: 'access-denied' });
    await own.dispose();
  });

  it('manages its users by HTTP on the same port', async () => {
    expect(await makeCity()).toMatchObject({ status: 201 });
    expect(await makeCity()).toMatchObject({ status: 409 });
    expect(await http('GET', '/users/city')).toEqual({
      status: 200,
      body: { data: { loginName: 'city', fullName: 'The city', groups: ['city'], disabled: false }, success: true, error: 'Success' },
    });
    expect(await http('GET', '/users/$current', undefined, CITY)).toMatchObject({ status: 200, body: { data: { loginName: 'city' } } });
    expect(await http('GET', '/users/city', undefined, { ...CITY, password: 'wrong' })).toMatchObject({ status: 401 });
    expect(await http('PUT', '/users/admin', { groups: [] }, CITY)).toMatchObject({ status: 401 });
    expect(await http('GET', '/users/unknown')).toMatchObject({ status: 404 });
    expect(await http('POST', '/users/', { loginName: 'city' })).toMatchObject({ status: 400 });
    expect(await http('PUT', '/users/city', { fullName: 'City', groups: ['$admins'] })).toMatchObject({ status: 200 });
    expect(await readAll(CITY)).toBe(double.eventCount);
    await http('POST', '/users/city/command/disable');
    await expect(append('note-1', CITY)).rejects.toMatchObject({ code: 16 });
    await http('POST', '/users/city/command/enable');
    await http('POST', '/users/city/command/reset-password', { newPassword: 'another' });
    await expect(append('note-1', CITY)).rejects.toMatchObject({ code: 16 });
    await append('note-1', { ...CITY, password: 'another' });
    expect(await http('DELETE', '/users/city')).toMatchObject({ status: 200 });
    expect(await http('GET', '/users/city')).toMatchObject({ status: 404 });
  });
});
