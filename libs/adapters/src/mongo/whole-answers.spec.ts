import { type Collection, type Put, type StoredDocument, Unavailable } from '@onedoor/engine';
import { type MongoDouble, startMongoDouble } from '@onedoor/testkit';
import type { MongoData } from './database.js';
import { openMongo } from './open.js';

const CASES: Collection = { name: 'cases', version: 1, indexes: [['dueAt']] };
const REFERENCE = '3D7K2F9QXM4';
/** More than one page of a scan, and many answers of the double's. */
const COUNT = 1_100;
const IDS = Array.from({ length: COUNT }, (_, index) => `c${String(index).padStart(4, '0')}`);
const PUTS = IDS.map((id): Put => ({ id, position: 'p', body: { dueAt: id } }));
const PAGE_IDS = IDS.slice(0, 500);
/** More failures than there are repetitions. */
const MANY = 200;

/** One error code of each kind: nothing was done, the call was interrupted, the server is not the primary. */
const CUTS = [
  ['CursorNotFound', 43],
  ['CursorKilled', 237],
  ['Interrupted', 11_601],
  ['PrimarySteppedDown', 189],
] as const;

describe('an answer of MongoDB', () => {
  let double: MongoDouble;
  let data: MongoData;
  let heard: (command: Readonly<Record<string, unknown>>) => void;
  beforeAll(async () => {
    double = await startMongoDouble({ onCommand: (command) => heard(command) });
    heard = () => undefined;
    const filling = await open();
    await filling.readModels.apply(CASES, PUTS);
    await filling.checkpoints.advance('worker', null, 'p1');
    await filling.vault.keepContact(REFERENCE, { phone: '555' });
    await filling.close();
  });
  afterAll(() => double.close());
  beforeEach(async () => {
    heard = () => undefined;
    double.faults.batchSizeMax = 60;
    data = await open();
  });
  afterEach(async () => {
    heard = () => undefined;
    double.faults.refuse(0);
    double.faults.loseAnswers(0);
    double.faults.cutAnswers(0);
    await data.close();
  });

  const open = (): Promise<MongoData> => openMongo({ url: double.url, batchSize: 200, selectionTimeoutMs: 1_000 });
  const scanned = async (): Promise<readonly StoredDocument[]> => {
    const documents: StoredDocument[] = [];
    for await (const page of data.readModels.scan(CASES)) documents.push(...page);
    return documents;
  };
  const ids = (documents: readonly StoredDocument[]): readonly string[] => documents.map(({ id }) => id);
  const reads: Readonly<Record<string, () => Promise<unknown>>> = {
    get: async () => ids(await data.readModels.get(CASES, PAGE_IDS)).toSorted(),
    find: async () => ids(await data.readModels.find(CASES, { sort: { field: 'dueAt' }, limit: 500 })),
    scan: async () => ids(await scanned()),
    servedVersion: () => data.readModels.servedVersion('cases'),
    'a checkpoint': () => data.checkpoints.load('worker'),
    'a contact': () => data.vault.contact(REFERENCE, 'present'),
  };
  const whole: Readonly<Record<string, unknown>> = {
    get: PAGE_IDS,
    find: PAGE_IDS,
    scan: IDS,
    servedVersion: 1,
    'a checkpoint': 'p1',
    'a contact': { phone: '555' },
  };
  /** Answers that were neither complete nor `Unavailable`. */
  const wrongAmong = async (asked: Readonly<Record<string, Promise<unknown>>>): Promise<readonly string[]> => {
    const wrong: string[] = [];
    for (const [name, asking] of Object.entries(asked)) {
      try {
        const answer = await asking;
        if (JSON.stringify(answer) !== JSON.stringify(whole[name])) wrong.push(`${name}: ${JSON.stringify(answer).slice(0, 80)}`);
      } catch (error) {
        if (!(error instanceof Unavailable)) wrong.push(`${name}: ${String(error)}`);
      }
    }
    return wrong;
  };

  const broken: readonly (readonly [string, (count: number, of: string) => void])[] = [
    ...CUTS.map(
      ([codeName, code]) => [codeName, (count: number, of: string) => double.faults.refuse(count, { code, codeName }, of)] as const,
    ),
    ['a connection that ends before an answer', (count, of) => double.faults.loseAnswers(count, of)],
    ['a connection that ends in the middle of one', (count, of) => double.faults.cutAnswers(count, of)],
  ];

  it.each(broken)('is whole over %s', async (_, fault) => {
    for (const command of ['find', 'getMore']) {
      for (const name of ['get', 'find', 'scan']) {
        fault(1, command);
        expect([name, await reads[name]?.()]).toEqual([name, whole[name]]);
      }
    }
  });

  it.each(broken)('is Unavailable, and nothing less than whole, where %s comes again and again', async (_, fault) => {
    fault(MANY, 'find');
    const answers = await Promise.all(Object.values(reads).map((read) => read().catch((error: unknown) => error)));
    expect(answers).toEqual(Object.values(reads).map(() => expect.any(Unavailable)));
    fault(MANY, 'getMore');
    expect(await scanned().catch((error: unknown) => error)).toBeInstanceOf(Unavailable);
  });

  it('goes on behind the last document that was read where a scan broke off', async () => {
    const pages = data.readModels.scan(CASES)[Symbol.asyncIterator]();
    const first = await pages.next();
    const asked: unknown[] = [];
    heard = ({ find, filter }) => {
      if (String(find).startsWith('view_')) asked.push(filter);
    };
    double.disconnect();
    double.faults.loseAnswers(1, 'getMore');
    const second = await pages.next();
    expect(ids([...(first.value ?? []), ...(second.value ?? [])])).toEqual(IDS.slice(0, 1_000));
    const behindTheLast = { $and: [{ _id: { $gt: IDS[499] } }, { body: { $ne: null } }] };
    expect(asked).toEqual([behindTheLast, behindTheLast]);
  });

  it('stands on the primary and on what a majority keeps', async () => {
    const commands: Readonly<Record<string, unknown>>[] = [];
    heard = (command) => void commands.push(command);
    const staged: Collection = { ...CASES, name: 'cases_next' };
    await data.readModels.apply(staged, PUTS.slice(0, 2));
    await data.readModels.apply(staged, [{ id: 'c0000', position: 'q', body: {} }]);
    await data.readModels.promote(staged, { ...CASES, name: 'others' });
    await data.checkpoints.advance('other', null, 'p1');
    await data.checkpoints.advance('other', 'p1', null);
    await data.vault.unseal(REFERENCE, await data.vault.seal(REFERENCE, 'text'), 'present');
    for (const read of Object.values(reads)) await read();
    const named = (name: string) => commands.filter((command) => name in command);
    for (const name of ['insert', 'update', 'delete', 'findAndModify', 'createIndexes']) {
      expect([
        name,
        named(name).length > 0,
        named(name).find(({ writeConcern }) => JSON.stringify(writeConcern) !== '{"w":"majority","j":true}'),
      ]).toEqual([name, true, undefined]);
    }
    expect(named('find').find(({ readConcern }) => JSON.stringify(readConcern) !== '{"level":"majority"}')).toBeUndefined();
    expect(commands.map(({ $readPreference: preference }) => JSON.stringify(preference ?? { mode: 'primary' }))).not.toContainEqual(
      expect.not.stringContaining('"primary"'),
    );
  });

  it('is whole or Unavailable, and comes at once, when its own connection is closed meanwhile', async () => {
    await data.close();
    const wrong: string[] = [];
    double.faults.batchSizeMax = 20;
    for (let closesAt = 1; closesAt <= 30; closesAt++) {
      data = await open();
      let commands = 0;
      const { promise: closed, resolve: isClosed } = Promise.withResolvers<void>();
      const close = (): void => isClosed(data.close());
      heard = () => {
        if (++commands !== closesAt) return;
        // Before the answer is sent, or a moment after it.
        if (closesAt % 3 === 0) close();
        else setImmediate(() => (closesAt % 3 === 1 ? close() : setImmediate(close)));
      };
      wrong.push(...(await wrongAmong(Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, read()])))));
      await closed;
      heard = () => undefined;
    }
    expect(wrong).toEqual([]);
  });
});
