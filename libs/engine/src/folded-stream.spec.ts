import { openMemory } from '@onedoor/adapters';
import { toRecord } from '@onedoor/testkit';
import { noon, TALLY } from '../test/tally.js';
import { emptyStream, foldOn, type FoldedStream } from './folded-stream.js';
import { DamagedStream } from './ports/failures.js';

const nothing: FoldedStream<{ readonly total: number; readonly isSealed: boolean }> = emptyStream(TALLY.decider.initial);

it('a fold continues with the events that follow it directly, and with no others', async () => {
  const { store } = openMemory();
  await store.append(
    'tally-a',
    'no-stream',
    [1, 2, 3].map((amount) => toRecord({ type: 'Added', at: noon, data: { amount } })),
  );
  const events = await store.read('tally-a', 0, 10);
  const [first, second, third] = events.map((event) => [event]);
  if (first === undefined || second === undefined || third === undefined) throw new Error('Three were written');

  expect(foldOn(TALLY, foldOn(TALLY, nothing, first), second)).toMatchObject({ revision: 1, state: { total: 3 } });
  expect(() => foldOn(TALLY, nothing, second)).toThrow(new DamagedStream('tally-a', 'revision 0'));
  expect(() => foldOn(TALLY, nothing, [...first, ...third])).toThrow(new DamagedStream('tally-a', 'revision 1'));
  expect(() => foldOn(TALLY, nothing, third)).toThrow(new DamagedStream('tally-a', 'revisions 0 to 1'));
  expect(() => foldOn(TALLY, foldOn(TALLY, nothing, first), first)).toThrow('answers no revision twice');
});
