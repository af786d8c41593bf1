import { RequestProblem } from '@onedoor/platform';
import { FollowerSlots } from './follower-slots.http.js';

const ledger = { kind: 'token', id: 'ledger' } as const;
const others = (index: number) => ({ kind: 'account', id: `desk-${index % 50}` }) as const;

/** The status and code of the refusal; null where there is none. */
function refusal(take: () => unknown): readonly [number, string | undefined] | null {
  try {
    take();
    return null;
  } catch (error) {
    if (error instanceof RequestProblem) return [error.getStatus(), error.more.code];
    throw error;
  }
}

it('a principal has a bounded number of streams, and takes no place of others', () => {
  const slots = new FollowerSlots();
  const taken = Array.from({ length: 20 }, () => slots.take(ledger));
  expect(refusal(() => slots.take(ledger))).toEqual([429, 'TOO_MANY_STREAMS']);
  expect(refusal(() => slots.take({ kind: 'account', id: 'ledger' }))).toBeNull();
  taken[0]?.();
  expect(refusal(() => slots.take(ledger))).toBeNull();
});

it('a process has a bounded number of streams, and what is given back is free again', () => {
  const slots = new FollowerSlots();
  const taken = Array.from({ length: 100 }, (_, index) => slots.take(others(index)));
  expect(refusal(() => slots.take(ledger))).toEqual([503, 'TOO_MANY_FOLLOWERS']);
  for (const giveBack of taken) giveBack();
  expect(refusal(() => Array.from({ length: 100 }, (_, index) => slots.take(others(index))))).toBeNull();
});
