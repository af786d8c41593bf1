import { type Collection, Misconfigured, type Put, Unavailable } from '@onedoor/engine';
import { AlarmLog, type MongoDouble, startMongoDouble } from '@onedoor/testkit';
import { mongo } from 'mongoose';
import { type MongoUnderTest, openMongoUnderTest } from '../../test/mongo-contracts.js';
import { settledWithin } from '../shared/waits.js';
import { isBroken, isBusy, isUnavailable } from './failures.js';
import { openMongo } from './open.js';

const CASES: Collection = { name: 'cases', version: 1, indexes: [['dueAt']] };
const REFERENCE = '3D7K2F9QXM4';
const ANOTHER = '3D7K2F9QXM5';
/** More failures than the driver retries by itself. */
const MANY = 20;

describe('MongoDB when it fails', () => {
  let double: MongoDouble;
  let data: MongoUnderTest;
  beforeEach(async () => {
    double = await startMongoDouble();
    data = await openMongoUnderTest(double.url);
  });
  afterEach(async () => {
    double.faults.refuse(0);
    double.faults.loseAnswers(0);
    double.faults.delayMs = 0;
    await double.start().catch(() => undefined);
    await data.close();
    await double.close();
  });

  const page = (position: string): readonly Put[] =>
    Array.from({ length: 120 }, (_, index) => ({ id: `c${index}`, position, body: { dueAt: position } }));
  const everything = (): readonly (() => Promise<unknown>)[] => [
    () => data.readModels.apply(CASES, page('p2')),
    () => data.readModels.get(CASES, ['c1']),
    () => data.readModels.find(CASES, { sort: { field: 'dueAt' }, limit: 5 }),
    () => data.readModels.servedVersion('cases'),
    () => data.checkpoints.load('worker'),
    () => data.checkpoints.advance('worker', 'p1', 'p2'),
    () => data.vault.seal(REFERENCE, 'text'),
    () => data.vault.keepContact(REFERENCE, { phone: '555' }),
    () => data.vault.contact(REFERENCE, 'present'),
    () => data.vault.destroy(ANOTHER),
  ];

  it('is Unavailable for every call during an outage, and answers again afterwards', async () => {
    await data.readModels.apply(CASES, page('p1'));
    await data.checkpoints.advance('worker', null, 'p1');
    await double.stop();
    const failures = await Promise.all(everything().map((ask) => ask().catch((error: unknown) => error)));
    for (const failure of failures) expect(failure).toBeInstanceOf(Unavailable);
    await double.start();
    for (const ask of everything()) await ask();
    expect(await data.readModels.find(CASES, { where: { dueAt: 'p2' }, limit: 500 })).toHaveLength(120);
    expect(await data.checkpoints.load('worker')).toBe('p2');
  });

  it.each([
    ['connections that break', () => double.disconnect()],
    ['a primary that steps down', () => double.faults.refuse(1)],
    ['an answer that is lost after the write', () => double.faults.loseAnswers(1)],
  ])('goes on over %s', async (_, fault) => {
    await data.checkpoints.advance('worker', null, 'p1');
    fault();
    await data.readModels.apply(CASES, page('p1'));
    fault();
    expect(await data.checkpoints.advance('worker', 'p1', 'p2')).toBe(true);
    fault();
    const sealed = await data.vault.seal(REFERENCE, 'text');
    fault();
    expect(await data.vault.unseal(REFERENCE, sealed, 'present')).toBe('text');
  });

  it('calls a server that stays without a primary unavailable, and has then done nothing', async () => {
    await data.checkpoints.advance('worker', null, 'p1');
    double.faults.refuse(MANY);
    await expect(data.checkpoints.advance('worker', 'p1', 'p2')).rejects.toThrow(Unavailable);
    double.faults.refuse(0);
    expect(await data.checkpoints.load('worker')).toBe('p1');
  });

  it('comes to the same documents when a page whose answer was lost is written again', async () => {
    await data.readModels.apply(CASES, page('p1'));
    for (const lost of [2, 5, 9]) {
      double.faults.loseAnswers(lost);
      await data.readModels.apply(CASES, page(`p${lost}`)).catch((error: unknown) => expect(error).toBeInstanceOf(Unavailable));
      double.faults.loseAnswers(0);
      await data.readModels.apply(CASES, page(`p${lost}`));
      expect(await data.readModels.find(CASES, { where: { dueAt: `p${lost}` }, limit: 500 })).toHaveLength(120);
    }
  });

  it('says neither address nor password when no server answers', async () => {
    const url = double.url.replace('mongodb://', 'mongodb://admin:hunter2@');
    await double.stop();
    const failure = await openMongo({ url, selectionTimeoutMs: 200 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unavailable);
    expect(
      `${String(failure)} ${JSON.stringify(failure)} ${String((failure as Error).stack)} ${String((failure as Error).cause)}`,
    ).not.toMatch(/hunter2|127\.0\.0\.1|admin/);
  });

  it('refuses an address that it cannot read, without repeating it', async () => {
    const failure = await openMongo({ url: 'mongodb://admin:hunter2@/?nonsense=%' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(Unavailable);
    expect(String(failure)).not.toMatch(/hunter2|admin/);
  });

  it('knows a connection that broke in the middle of many writes', () => {
    const broken = (reason: Error): unknown => new mongo.MongoBulkWriteError(reason as never, {} as never);
    expect(isUnavailable(broken(new mongo.MongoNetworkError('connection 16 timed out')))).toBe(true);
    expect(isUnavailable(broken(new Error('something else')))).toBe(false);
  });

  it.each([
    ['checkpoints', () => data.checkpoints.advance('worker', 'p1', 'p2')],
    ['documents', () => data.readModels.apply(CASES, page('p2'))],
    ['a key', () => data.vault.seal(ANOTHER, 'text')],
    ['a contact', () => data.vault.keepContact(ANOTHER, { phone: '555' })],
    ['an erasure', () => data.vault.destroy(ANOTHER)],
  ])('calls a write that no majority keeps unavailable: %s', async (_, write) => {
    await data.checkpoints.advance('worker', null, 'p1');
    await data.readModels.apply(CASES, page('p1'));
    double.faults.leaveUnconfirmed(MANY);
    await expect(write()).rejects.toThrow(Unavailable);
    double.faults.leaveUnconfirmed(0);
  });

  it.each([
    [43, 'busy'],
    [91, 'broken'],
    [175, 'busy'],
    [189, 'broken'],
    [237, 'busy'],
    [10_107, 'broken'],
    [11_600, 'broken'],
    [11_601, 'broken'],
    [11_602, 'broken'],
    [13_435, 'broken'],
    [50, 'late'],
    [64, 'late'],
    [262, 'late'],
    [13, 'refused'],
  ])('knows what the code %d means: %s', (code, meaning) => {
    const error = new mongo.MongoServerError({ code, message: 'as the server says' });
    const meanings = {
      busy: [true, false, false],
      broken: [false, true, true],
      late: [false, false, true],
      refused: [false, false, false],
    };
    expect([isBusy(error), isBroken(error), isUnavailable(error)]).toEqual(meanings[meaning as keyof typeof meanings]);
  });

  it('waits for the next primary while one steps down, and is Unavailable while there is none', async () => {
    await data.checkpoints.advance('worker', null, 'p1');
    double.faults.isPrimary = false;
    const failures = await Promise.all(everything().map((ask) => ask().catch((error: unknown) => error)));
    expect(failures).toEqual(failures.map(() => expect.any(Unavailable)));
    const waiting = data.checkpoints.load('worker');
    double.faults.isPrimary = true;
    expect(await waiting.catch(() => data.checkpoints.load('worker'))).toBe('p1');
    expect(await data.checkpoints.advance('worker', 'p1', 'p2')).toBe(true);
  });

  it('tells of an outage twice, and shows it meanwhile', async () => {
    const { alarm, entries } = new AlarmLog();
    const watched = await openMongo({ url: double.url, selectionTimeoutMs: 200, alarm });
    const ask = (): Promise<unknown> =>
      watched.checkpoints.load('worker').catch((error: unknown) => expect(error).toBeInstanceOf(Unavailable));
    expect(watched.dependency.outage()).toBeNull();
    await double.stop();
    while (watched.dependency.outage() === null) await ask();
    await Promise.all([ask(), ask(), ask()]);
    await double.start();
    while (watched.dependency.outage() !== null) await ask();
    expect(entries).toEqual([
      { message: 'MongoDB does not answer', details: { reason: expect.stringMatching(/^Mongo\w+$/), since: expect.any(String) } },
      {
        message: 'MongoDB answers again',
        details: expect.objectContaining({ afterMs: expect.any(Number), callsFailed: expect.any(Number) }),
      },
    ]);
    await watched.close();
  });

  it('tells of nothing, and lets nothing hang, when it is closed while the server hangs', async () => {
    const { alarm, entries } = new AlarmLog();
    const closing = await openMongo({ url: double.url, alarm });
    double.faults.delayMs = 600_000;
    const asked = [closing.checkpoints.load('worker'), closing.readModels.servedVersion('cases'), closing.vault.seal(REFERENCE, 'text')];
    const failures = Promise.all(asked.map((answer) => answer.catch((error: unknown) => error)));
    const isClosed = closing.close();
    expect(await failures).toEqual(asked.map(() => expect.any(Unavailable)));
    expect(await settledWithin(isClosed, 5_000)).toBe(true);
    await expect(closing.checkpoints.load('worker')).rejects.toThrow(Unavailable);
    expect(entries).toEqual([]);
  });

  it.each([
    'readPreference=secondary',
    'readPreference=secondaryPreferred',
    'readConcernLevel=local',
    'w=0',
    'w=1',
    'journal=false',
    'directConnection=true',
  ])('refuses the option %s by its name', async (option) => {
    const url = `${double.url.replace('mongodb://', 'mongodb://admin:hunter2@')}&${option}`;
    const failure = await openMongo({ url }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Misconfigured);
    expect(String(failure)).toContain(`MONGO_URL: the option ${option.split('=')[0]} must be`);
    expect(String(failure)).not.toContain('hunter2');
  });

  it('takes the same options where they say what it stands on', async () => {
    const options = 'readPreference=primary&readConcernLevel=majority&w=majority&journal=true&directConnection=false';
    await (await openMongo({ url: `${double.url}&${options}` })).close();
  });
});
