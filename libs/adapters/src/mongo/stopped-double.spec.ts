import { startMongoDouble } from '@onedoor/testkit';
import { createConnection } from 'mongoose';

it('a double that is stopped does nothing afterwards of what it had not begun', async () => {
  const inserting = Promise.withResolvers<void>();
  const double = await startMongoDouble({ onCommand: (command) => void ('insert' in command && inserting.resolve()) });
  const connection = await createConnection(`${double.url}&retryWrites=false`, { dbName: 'stopped', autoCreate: false }).asPromise();
  const documents = connection.collection('documents');
  double.faults.delayMs = 50;
  const inserted = documents.insertOne({ kept: true }).catch(() => null);
  await inserting.promise;
  await double.stop();
  await double.start();
  await inserted;
  // Delayed as well, so that it is answered after the insertion would have been.
  expect(await documents.estimatedDocumentCount()).toBe(0);
  await connection.close();
  await double.close();
});
