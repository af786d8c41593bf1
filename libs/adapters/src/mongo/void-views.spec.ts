import type { Collection } from '@onedoor/engine';
import { type MongoDouble, startMongoDouble } from '@onedoor/testkit';
import { type MongoUnderTest, openMongoUnderTest } from '../../test/mongo-contracts.js';
import { voidMongoViews } from './void-views.js';

const CASES: Collection = { name: 'cases', version: 2, indexes: [['department']] };
const REFERENCE = '3D7K2F9QXM4';

describe('voiding what was built from a log', () => {
  let double: MongoDouble;
  let data: MongoUnderTest;
  beforeEach(async () => {
    double = await startMongoDouble();
    data = await openMongoUnderTest(double.url);
  });
  afterEach(async () => {
    await data.close();
    await double.close();
  });
  const voidIt = () => voidMongoViews({ url: double.url, database: data.database });
  const collections = async () => ((await data.server.db?.listCollections().toArray()) ?? []).map(({ name }) => name);

  it('removes views and checkpoints, says what and how much, and leaves the vault', async () => {
    const sealed = await data.vault.seal(REFERENCE, 'text');
    await data.readModels.apply(
      CASES,
      ['a', 'b', 'c'].map((id) => ({ id, position: 'log:1', body: { department: 'roads' } })),
    );
    await data.readModels.apply({ ...CASES, name: 'parked_intake' }, [{ id: 'a', position: '0', body: { department: 'roads' } }]);
    await data.checkpoints.advance('projector:cases', null, 'log:1');
    await data.checkpoints.advance('import:boston', null, '2');
    expect(await voidIt()).toEqual([
      { collection: 'catalogue', documents: 1 },
      { collection: 'checkpoints', documents: 2 },
      { collection: expect.stringMatching(/^view_cases_v2_/), documents: 3 },
      { collection: expect.stringMatching(/^view_parked_intake_v2_/), documents: 1 },
    ]);
    // A collection that is added to the database later is derived too, or belongs into the vault's database.
    expect(await collections()).toEqual([]);
    const { readModels, checkpoints, vault } = await data.another();
    expect([await readModels.servedVersion('cases'), await readModels.get(CASES, ['a']), await checkpoints.load('import:boston')]).toEqual([
      null,
      [],
      null,
    ]);
    expect(await vault.unseal(REFERENCE, sealed, 'present')).toBe('text');
  });

  it('does what is left when it was interrupted, and nothing where nothing is', async () => {
    await data.readModels.apply(CASES, [{ id: 'a', position: 'log:1', body: { department: 'roads' } }]);
    await data.checkpoints.advance('projector:cases', null, 'log:1');
    await data.server.db?.dropCollection('catalogue');
    expect((await voidIt()).map(({ documents }) => documents)).toEqual([1, 1]);
    expect(await collections()).toEqual([]);
    expect(await voidIt()).toEqual([]);
  });

  it('touches no collection that is none of OneDoor', async () => {
    await data.server.db?.collection('vault').insertOne({ kept: true });
    await data.server.db?.collection('overview').insertOne({ kept: true });
    expect(await voidIt()).toEqual([]);
    expect((await collections()).sort()).toEqual(['overview', 'vault']);
  });
});
