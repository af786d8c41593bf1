import { type MongoDouble, startMongoDouble } from '@onedoor/testkit';
import { mongoContracts } from '../../test/mongo-contracts.js';

describe('the double', () => {
  let double: MongoDouble;
  beforeAll(async () => {
    double = await startMongoDouble();
  });
  afterAll(() => double.close());
  mongoContracts('mongodb', () => double.url);
});
