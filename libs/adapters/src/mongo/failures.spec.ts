import { type Alarm, type Collection, type Put, Unavailable } from '@onedoor/engine';
import { type MongoDouble, startMongoDouble } from '@onedoor/testkit';
import { mongo } from 'mongoose';
import { type MongoUnderTest, openMongoUnderTest } from '../../test/mongo-contracts.js';
import { isUnavailable } from './failures.js';
import { openMongo } from './open.js';

const CASES: Collection = { name: 'cases', version: 1, indexes: [['dueAt']] };
const REFERENCE = '3D7K2F9QXM4';
const ANOTHER = '3D7K2F9QXM5';
/** More than the driver tries by itself. */
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
    await double.start().catch(() => undefined);
    await data.close();
    await double.close();
  });

  const page = (position: string): readonly Put[] => Array.from({ length: 120 }, (_, index) => ({ id: `c${index}`, position, body: { dueAt: position } }));
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

  it('calls an outage unavailable, whatever is asked, and answers again afterwards', async () => {
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

  it('says neither address nor password when nobody answers at all', async () => {
    const url = double.url.replace('mongodb://', 'mongodb://admin:hunter2@');
    await double.stop();
    const failure = await openMongo({ url, selectionTimeoutMs: 200 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unavailable);
    expect(`${String(failure)} ${JSON.stringify(failure)} ${String((failure as Error).stack)} ${String((failure as Error).cause)}`).not.toMatch(/hunter2|127\.0\.0\.1|admin/);
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

  it('reports a connection that was lost, and that it is back', async () => {
    const heard: string[] = [];
    let hear = (): void => undefined;
    const next = () => new Promise<void>((resolve) => (hear = resolve));
    const alarm: Alarm = (message) => {
      heard.push(message);
      hear();
    };
    const watched = await openMongo({ url: double.url, selectionTimeoutMs: 200, alarm });
    const [, failure] = await Promise.all([next(), double.stop().then(() => watched.checkpoints.load('worker').catch((error: unknown) => error))]);
    expect(failure).toBeInstanceOf(Unavailable);
    await Promise.all([next(), double.start()]);
    expect(heard).toEqual(['connection to MongoDB lost', 'connection to MongoDB is back']);
    await watched.close();
  });
});
