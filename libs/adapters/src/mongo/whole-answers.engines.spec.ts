import { type Collection, type Put, type StoredDocument, Unavailable } from '@onedoor/engine';
import { randomBytes } from 'node:crypto';
import { type MongoUnderTest, openMongoUnderTest } from '../../test/mongo-contracts.js';
import { type Fate, type LossyProxy, lossyProxy, MONGODB } from '../../test/lossy-proxy.js';
import type { MongoData } from './database.js';
import { openMongo } from './open.js';

const url = process.env['MONGO_URL'];
const CASES: Collection = { name: 'cases', version: 1, indexes: [['dueAt']] };
/** More than one page of a scan, of the size of large requests. */
const IDS = Array.from({ length: 600 }, (_, index) => `c${String(index).padStart(4, '0')}`);
const PUTS = IDS.map((id): Put => ({ id, position: 'p', body: { dueAt: id, text: randomBytes(500).toString('hex') } }));
const REFERENCE = '3D7K2F9QXM4';

/** Only a server that advertises no addresses of its own can be used through the proxy, which cuts answers. */
const withServer = url !== undefined && /^mongodb:\/\/127\.0\.0\.1:\d+\/$/.test(url) ? describe : describe.skip;

withServer('an answer of the server at MONGO_URL', () => {
  let direct: MongoUnderTest;
  let proxy: LossyProxy;
  let data: MongoData;
  let fateOf: (command: string) => Fate;
  beforeAll(async () => {
    const server = new URL(String(url));
    fateOf = () => 'passes';
    proxy = await lossyProxy({ wire: MONGODB, serverPort: Number(server.port), tamper: (request) => fateOf(request.toString('latin1')) });
    direct = await openMongoUnderTest(server.href);
    await direct.readModels.apply(CASES, PUTS);
    await direct.checkpoints.advance('worker', null, 'p1');
    await direct.vault.keepContact(REFERENCE, { phone: '555' });
  });
  afterAll(async () => {
    await direct.close();
    proxy.close();
  });
  beforeEach(async () => {
    data = await openMongo({ url: `mongodb://127.0.0.1:${proxy.port}/`, database: direct.database, selectionTimeoutMs: 1_000 });
  });
  afterEach(async () => {
    fateOf = () => 'passes';
    await data.close();
  });

  const idsOf = (documents: readonly StoredDocument[]): readonly string[] => documents.map(({ id }) => id);
  const scanned = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const page of data.readModels.scan(CASES)) found.push(...idsOf(page));
    return found;
  };
  const reads: readonly (readonly [string, () => Promise<unknown>, unknown])[] = [
    ['get', async () => idsOf(await data.readModels.get(CASES, IDS)).toSorted(), IDS],
    ['find', async () => idsOf(await data.readModels.find(CASES, { sort: { field: 'dueAt' }, limit: 500 })), IDS.slice(0, 500)],
    ['scan', scanned, IDS],
    ['a checkpoint', () => data.checkpoints.load('worker'), 'p1'],
    ['a contact', () => data.vault.contact(REFERENCE, 'present'), { phone: '555' }],
  ];
  /** Handshakes pass: only answers to commands are cut. */
  const isRead = (command: string): boolean => command.includes('find\0') || command.includes('getMore\0');

  it.each(['is lost', 'is cut'] as const)('is whole where one %s on the way', async (fate) => {
    for (const [name, read, whole] of reads) {
      let answers = 0;
      fateOf = (command) => (isRead(command) && ++answers === 1 ? fate : 'passes');
      expect([name, await read()]).toEqual([name, whole]);
    }
  });

  it.each(['is lost', 'is cut'] as const)('is Unavailable where each %s on the way', async (fate) => {
    fateOf = (command) => (isRead(command) ? fate : 'passes');
    const answers = await Promise.all(reads.map(([, read]) => read().catch((error: unknown) => error)));
    expect(answers).toEqual(reads.map(() => expect.any(Unavailable)));
  });

  it('is whole or Unavailable where connections end now and then, and when this process closes its own', async () => {
    let answers = 0;
    fateOf = (command) => (isRead(command) && ++answers % 3 === 0 ? 'is cut' : 'passes');
    const wrong: string[] = [];
    const askAll = (): Promise<unknown> =>
      Promise.all(
        reads.map(async ([name, read, whole]) => {
          const answer = await read().catch((error: unknown) => error);
          if (!(answer instanceof Unavailable) && JSON.stringify(answer) !== JSON.stringify(whole))
            wrong.push(`${name}: ${JSON.stringify(answer).slice(0, 80)}`);
        }),
      );
    for (let round = 0; round < 2; round++) await askAll();
    const asking = askAll();
    await data.close();
    await asking;
    expect(wrong).toEqual([]);
  });
});
