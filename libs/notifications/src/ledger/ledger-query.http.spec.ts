import { RequestProblem } from '@onedoor/platform';
import fc from 'fast-check';
import { REFERENCE } from '../../test/correspondence.fixtures.js';
import type { LedgerEntry } from './notification-ledger.js';
import { cursorOf, ledgerQuery, type LedgerParameters } from './ledger-query.http.js';

const problemsOf = (parameters: LedgerParameters): readonly string[] => {
  try {
    ledgerQuery(parameters);
    return [];
  } catch (error) {
    if (error instanceof RequestProblem && error.getStatus() === 400) return error.details;
    throw error;
  }
};

describe('a query of the ledger', () => {
  it('asks for the newest first, fifty of them', () => {
    expect(ledgerQuery({})).toEqual({ sort: { field: 'requestedAt', descending: true }, limit: 50 });
  });

  it('takes a reference as people write it', () => {
    expect(ledgerQuery({ reference: '9an-03nq-k8ne', limit: '7' })).toMatchObject({ where: { reference: REFERENCE }, limit: 7 });
  });

  it('goes on where a page ended', () => {
    const last = { reference: REFERENCE, n: 3, requestedAt: '2026-03-02T14:00:00.000Z' } as LedgerEntry;
    expect(ledgerQuery({ cursor: cursorOf(last) })).toMatchObject({ after: { value: last.requestedAt, id: `${REFERENCE}.3` } });
    expect(cursorOf(last)).toMatch(/^[\w-]+$/);
    const another = Buffer.from(`${Buffer.from(cursorOf(last), 'base64url').toString()} and more`).toString('base64url');
    expect(problemsOf({ cursor: another })).toEqual(['cursor: must be one that an earlier page gave']);
  });

  it('takes an empty parameter for an absent one', () => {
    expect(ledgerQuery({ reference: '', cursor: '', limit: '' })).toEqual(ledgerQuery({}));
  });

  it('names each parameter that is wrong', () => {
    const problems = problemsOf({ reference: '9AN-03NQ-K8NF', cursor: '!', limit: '0' });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['reference', 'cursor', 'limit']);
    expect(problemsOf({ reference: [REFERENCE, REFERENCE] })).toEqual(['reference: must be given once']);
  });

  it('answers any other parameters with problems, and never fails otherwise', () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.array(fc.string()),
      fc.integer().map(String),
      fc.object(),
    );
    fc.assert(
      fc.property(fc.record({ reference: value, cursor: value, limit: value }, { requiredKeys: [] }), (parameters) =>
        Array.isArray(problemsOf(parameters)),
      ),
    );
  });
});
