import { formatReference, makeReference, type Principal } from '@onedoor/kernel';
import { CLOSED, IN_PROGRESS, opened, resolved, routed } from '../../../test/case.fixtures.js';
import { caseDecider } from '../decider.js';
import { NO_ENDING, publicDetails } from '../ending.js';
import type { CaseEvent } from '../events.js';
import type { Case } from '../state.js';
import { endingOf, type ResolveCaseBody } from './resolve.js';

const [THIS, PUBLIC, PRIVATE, JOINED, NONE] = [0, 1, 2, 3, 4].map((bits) => makeReference(9_500, bits)) as [
  string,
  string,
  string,
  string,
  string,
];
const AUTHORITY = { name: 'State Highways', contact: 'telephone 555-0142' };
const STREETS: Principal = { id: 's', kind: 'account', role: 'department', department: 'streets' };
const PARKS: Principal = { ...STREETS, department: 'parks' };

const after = (...events: readonly CaseEvent[]): Case => events.reduce(caseDecider.evolve, caseDecider.initial) as Case;
const CASES: Readonly<Record<string, Case>> = {
  [PUBLIC]: after(...CLOSED),
  [PRIVATE]: after(opened({ visibility: 'private' }), routed()),
  [JOINED]: after(...IN_PROGRESS, resolved({ outcome: 'duplicate' })),
};
const find = (reference: string) => Promise.resolve(CASES[reference] ?? null);
const ending = async (by: Principal | null, body: ResolveCaseBody) => {
  const answer = await endingOf({ id: THIS, by, body }, find);
  return 'code' in answer ? answer.code : answer;
};

describe('how people end a case', () => {
  it.each([
    [{ outcome: 'duplicate' }, 'DUPLICATE_NEEDS_PARENT'],
    [{ outcome: 'duplicate', parent: null }, 'DUPLICATE_NEEDS_PARENT'],
    [{ outcome: 'duplicate', parent: NONE }, 'PARENT_UNKNOWN'],
    [{ outcome: 'duplicate', parent: THIS }, 'PARENT_UNKNOWN'],
    [{ outcome: 'duplicate', parent: PRIVATE }, 'PARENT_UNKNOWN'],
    [{ outcome: 'duplicate', parent: JOINED }, 'PARENT_IS_DUPLICATE'],
    [{ outcome: 'referred' }, 'REFERRAL_NEEDS_AUTHORITY'],
    [{ outcome: 'fixed', parent: PUBLIC }, 'OF_ANOTHER_OUTCOME'],
    [{ outcome: 'duplicate', parent: PUBLIC, authority: AUTHORITY }, 'OF_ANOTHER_OUTCOME'],
    [{ outcome: 'referred', authority: AUTHORITY, reason: 'no_funds' }, 'OF_ANOTHER_OUTCOME'],
  ] as readonly (readonly [ResolveCaseBody, string])[])('%j is refused: %s', async (body, code) => {
    expect(await ending(STREETS, body)).toBe(code);
  });

  it('names the request that a duplicate joins, however its reference is written, and publicly where it is public', async () => {
    const joins = await ending(STREETS, { outcome: 'duplicate', parent: formatReference(PUBLIC).toLowerCase() });
    expect(joins).toEqual({ ...NO_ENDING, parent: { reference: PUBLIC, isPublic: true } });
    const withheld = await ending(PARKS, { outcome: 'duplicate', parent: PRIVATE });
    expect(withheld).toEqual({ ...NO_ENDING, parent: { reference: PRIVATE, isPublic: false } });
    expect([joins, withheld].map((each) => publicDetails(each as typeof NO_ENDING).joins)).toEqual([PUBLIC, null]);
  });

  it('names the authority of a referral, and the reason where it is declined for one', async () => {
    expect(await ending(STREETS, { outcome: 'referred', authority: AUTHORITY })).toEqual({ ...NO_ENDING, authority: AUTHORITY });
    expect(await ending(STREETS, { outcome: 'declined', reason: 'no_funds' })).toEqual({ ...NO_ENDING, reason: 'no_funds' });
    expect(await ending(STREETS, { outcome: 'declined' })).toEqual(NO_ENDING);
  });

  it.each(['duplicate', 'referred'] as const)('is not asked of an import: %s', async (outcome) => {
    expect(await ending(null, { outcome })).toEqual(NO_ENDING);
  });
});
