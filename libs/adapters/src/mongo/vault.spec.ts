import { Erased } from '@onedoor/engine';
import { type MongoDouble, startMongoDouble } from '@onedoor/testkit';
import { type MongoUnderTest, openMongoUnderTest } from '../../test/mongo-contracts.js';

const REFERENCE = '3D7K2F9QXM4';

describe('the vault that processes share', () => {
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

  it('opens in one process what another one sealed', async () => {
    const { vault } = await data.another();
    const [mine, theirs] = await Promise.all([data.vault.seal(REFERENCE, 'mine'), vault.seal(REFERENCE, 'theirs')]);
    expect(await vault.unseal(REFERENCE, mine, 'present')).toBe('mine');
    expect(await data.vault.unseal(REFERENCE, theirs, 'present')).toBe('theirs');
  });

  it('holds an erasure in every process from the moment it was answered', async () => {
    const sealed = await data.vault.seal(REFERENCE, 'text');
    await data.vault.keepContact(REFERENCE, { phone: '555' });
    await (await data.another()).vault.destroy(REFERENCE);
    expect(await data.vault.unseal(REFERENCE, sealed, 'present')).toBeNull();
    expect(await data.vault.contact(REFERENCE, 'present')).toBeNull();
    await expect(data.vault.seal(REFERENCE, 'more')).rejects.toThrow(Erased);
    await expect(data.vault.keepContact(REFERENCE, { phone: '556' })).rejects.toThrow(Erased);
  });

  it('keeps nothing that opens what was erased', async () => {
    await data.vault.keepContact(REFERENCE, { phone: '555' });
    await data.vault.destroy(REFERENCE);
    const kept = await data.server.useDb(`${data.database}_vault`).collection<{ _id: string }>('vault').findOne({ _id: REFERENCE });
    expect(kept).toEqual({ _id: REFERENCE, key: null, contact: null, isErased: true });
  });

  it('outlives the views', async () => {
    const sealed = await data.vault.seal(REFERENCE, 'text');
    await data.server.dropDatabase();
    expect(await data.vault.unseal(REFERENCE, sealed, 'present')).toBe('text');
  });
});
