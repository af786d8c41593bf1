import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { Misconfigured } from '@onedoor/engine';
import { readLog, sampleEvent, sampleEvents, startEventStoreDbDouble } from '@onedoor/testkit';
import { ADMINISTRATOR, AUDITOR, type PreparedDouble, startPreparedDouble } from '../../test/prepared-double.js';
import { examineEventStoreDb } from './entry.js';
import { openEventStoreDb } from './open.js';
import { prepareEventStoreDb } from './prepare.js';

describe('an EventStoreDB that was prepared', () => {
  let prepared: PreparedDouble;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    prepared = await startPreparedDouble();
    const log = await openEventStoreDb({ connectionString: prepared.connectionString });
    await log.store.append('note-1', 'no-stream', sampleEvents('e', 5));
    await log.close();
    client = EventStoreDBClient.connectionString(prepared.connectionString);
  });
  afterAll(async () => {
    await client.dispose();
    await prepared.close();
  });
  const prepare = ({ connectionString = prepared.connectionString, administrator = ADMINISTRATOR, auditor = AUDITOR } = {}) =>
    prepareEventStoreDb({ log: { connectionString }, administrator, auditor });

  it.each([
    ['change the metadata of a stream', () => client.setStreamMetadata('note-1', { truncateBefore: 3 })],
    [
      'append metadata to the stream that holds it',
      () => client.appendToStream('$$note-1', jsonEvent({ type: '$metadata', data: { $tb: 3 } })),
    ],
    ['delete a stream', () => client.deleteStream('note-1')],
    ['end a stream for ever', () => client.tombstoneStream('note-1')],
    ['change what every stream may', () => client.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: {} }))],
    ['let others read the log', () => client.setStreamMetadata('$all', { acl: { readRoles: ['$all'] } })],
  ])('lets the city’s account not %s', async (_deed, deed) => {
    await expect(deed()).rejects.toMatchObject({ type: 'access-denied' });
  });

  it('is prepared once: again, nothing changes', async () => {
    const before = prepared.double.eventCount;
    expect(await prepare()).toEqual([]);
    expect(prepared.double.eventCount).toBe(before);
  });

  it('is prepared by several administrators at once, and where the answer to a write was lost', async () => {
    const fresh = await startEventStoreDbDouble({
      tls: { certificate: { names: ['localhost'], addresses: ['127.0.0.1'] } },
      accounts: true,
    });
    const connectionString = fresh.connectionString.replace('esdb://', 'esdb://city:secret@').replace(/@[^@]*@/, '@');
    fresh.inject({ call: 'append', failure: 'timeout', after: 'write', stream: (name) => name === '$settings' });
    const done = await Promise.all(Array.from({ length: 4 }, () => prepare({ connectionString })));
    expect(done.flat()).toContain('the account city was made, in the group onedoor');
    expect(await prepare({ connectionString })).toEqual([]);
    await (await openEventStoreDb({ connectionString })).close();
    await fresh.close();
  });

  it('keeps what the server was set up to let others do, but no way to the rights themselves', async () => {
    const fresh = await startEventStoreDbDouble({
      tls: { certificate: { names: ['localhost'], addresses: ['127.0.0.1'] } },
      accounts: true,
    });
    const as = (account: string) => fresh.connectionString.replace('esdb://', `esdb://${account}@`).replace(/@[^@]*@/, '@');
    const administrator = EventStoreDBClient.connectionString(as('admin:changeit'));
    const custom = {
      $userStreamAcl: { $r: ['readers'], $w: '$all', $d: '$all', $mr: '$all', $mw: '$all' },
      $systemStreamAcl: { $r: ['$admins', 'dashboard'], $w: ['$all', 'onedoor'] },
    };
    await administrator.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: custom }));
    await prepare({ connectionString: as('city:secret') });
    for await (const { event } of administrator.readStream('$settings', { direction: 'backwards', fromRevision: 'end', maxCount: 1 })) {
      expect(event?.data).toMatchObject({
        $userStreamAcl: { $r: ['$admins', 'readers', 'onedoor', 'onedoor-auditors'], $mw: '$admins' },
        $systemStreamAcl: { $r: ['$admins', 'dashboard'], $w: '$admins', $mw: '$admins' },
      });
    }
    await administrator.dispose();
    await fresh.close();
  });

  it('lets an auditor read and follow, and not append', async () => {
    const connectionString = prepared.as(AUDITOR.name, AUDITOR.password);
    await expect(openEventStoreDb({ connectionString })).rejects.toThrow(/may not append: `onedoor log prepare`/);
    const log = await openEventStoreDb({ connectionString, access: 'read' });
    expect((await readLog(log.store)).events).toHaveLength(5);
    expect(await log.store.read('note-1', 0, 9)).toHaveLength(5);
    await expect(log.store.append('note-2', 'no-stream', [sampleEvent('e')])).rejects.toThrow(Misconfigured);
    await log.close();
  });

  it('tells a deleted stream from one that never was, also to the least account', async () => {
    const administrator = EventStoreDBClient.connectionString(prepared.as(ADMINISTRATOR.name, ADMINISTRATOR.password));
    await administrator.appendToStream('note-8', jsonEvent({ type: 'Noted', data: {} }));
    await administrator.deleteStream('note-8');
    await administrator.dispose();
    const log = await openEventStoreDb({ connectionString: prepared.connectionString });
    await expect(log.store.read('note-8', 0, 9)).rejects.toThrow('The stream note-8 lacks all its events');
    expect(await log.store.read('note-9', 0, 9)).toEqual([]);
    await log.close();
    expect((await examineEventStoreDb({ connectionString: prepared.connectionString })).damaged).toEqual([
      { stream: 'note-8', lacks: 'all its events' },
    ]);
  });

  it('is opened by no account that the log was not prepared for', async () => {
    const stranger = { name: 'stranger', password: 'strange' };
    const connectionString = prepared.as(stranger.name, stranger.password);
    const made = await fetchUsers(prepared, stranger);
    expect(made).toBe(201);
    await expect(openEventStoreDb({ connectionString })).rejects.toThrow(/may not read \$all: `onedoor log prepare`/);
  });

  it('has doctor warn of an administrator, and not of the least account', async () => {
    expect((await examineEventStoreDb({ connectionString: prepared.connectionString })).warnings).toEqual([]);
    const administrator = await examineEventStoreDb({ connectionString: prepared.as(ADMINISTRATOR.name, ADMINISTRATOR.password) });
    expect(administrator.warnings).toEqual([expect.stringContaining('as the administrator admin')]);
  });

  it('mends a password, a group and an account that was disabled', async () => {
    const connectionString = prepared.as('other-city', 'first');
    expect(await prepare({ connectionString })).toEqual(['the account other-city was made, in the group onedoor']);
    expect(await prepare({ connectionString: prepared.as('other-city', 'second') })).toEqual([
      'the account other-city has another password',
    ]);
    await fetchUsers(prepared, { name: 'in-no-group', password: 'first' });
    expect(await prepare({ connectionString: prepared.as('in-no-group', 'first') })).toEqual([
      'the account in-no-group is in the group onedoor now',
    ]);
  });

  it.each([
    ['a wrong password', () => ({ administrator: { name: 'admin', password: 'wrong' } }), /refuses the administrator/],
    [
      'an account that is no administrator',
      () => ({ administrator: { name: 'city', password: 'p@ss:word' }, connectionString: prepared.as('third', 'pass') }),
      /\$admins/,
    ],
    [
      'the administrator as the account of the city',
      () => ({ connectionString: prepared.as('admin', 'changeit') }),
      /names the administrator/,
    ],
    [
      'the account of the city as the auditor',
      () => ({ auditor: { name: 'city', password: 'other' } }),
      /the auditor needs an account of its own/,
    ],
    [
      'an administrator as the auditor',
      () => ({ auditor: { name: 'admin', password: 'other' } }),
      /an account admin in the group \$admins/,
    ],
    [
      'the auditor’s account as the city’s',
      () => ({ connectionString: prepared.as(AUDITOR.name, AUDITOR.password), auditor: { name: 'second', password: 'other' } }),
      /in the group onedoor-auditors/,
    ],
  ])('refuses %s', async (_what, changed, why) => {
    await expect(prepare(changed())).rejects.toThrow(Misconfigured);
    await expect(prepare(changed())).rejects.toThrow(why);
    expect(await prepare()).toEqual([]);
  });
});

describe('an EventStoreDB without accounts', () => {
  it('is not prepared, and doctor warns of it', async () => {
    const double = await startEventStoreDbDouble();
    const { connectionString } = double;
    await (await openEventStoreDb({ connectionString })).close();
    await expect(prepareEventStoreDb({ log: { connectionString }, administrator: ADMINISTRATOR, auditor: null })).rejects.toThrow(/no TLS/);
    expect((await examineEventStoreDb({ connectionString })).warnings).toEqual([expect.stringContaining('speaks no TLS')]);
    await double.close();
  });
});

/** Makes an account that belongs to no group, as an administrator does by the server's own page. */
async function fetchUsers(prepared: PreparedDouble, { name, password }: typeof ADMINISTRATOR): Promise<number> {
  const { connect } = await import('./open.js');
  const { request } = await import('./http.js');
  const { connection } = connect({ connectionString: prepared.as(ADMINISTRATOR.name, ADMINISTRATOR.password) });
  const { status } = await request(connection, 'POST', '/users/', { loginName: name, fullName: name, groups: [], password });
  await connection.close();
  return status;
}
