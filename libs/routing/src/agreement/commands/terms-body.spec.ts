import { bodyOf, schemaOfDto, type RequestProblem } from '@onedoor/platform';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { propose, ProposeAgreementBody } from './propose.js';

const ajv = new Ajv2020({ strict: false });
(addFormats as unknown as (into: Ajv2020) => void)(ajv);
const accepts = ajv.compile(schemaOfDto(ProposeAgreementBody) as object);
const { terms } = propose.example as ProposeAgreementBody;
const [target] = terms.targets;

/** What an author is told of terms; empty where they are taken. */
function problemsOf(body: object): readonly string[] {
  try {
    bodyOf(ProposeAgreementBody).transform(JSON.parse(JSON.stringify(body)), { type: 'body' });
    return [];
  } catch (error) {
    return (error as RequestProblem).details;
  }
}

describe('terms from an author', () => {
  it.each([
    {},
    { reviewOn: null, returnWithinHours: null },
    { reviewOn: undefined, returnWithinHours: undefined },
    { targets: [], warnings: [], pauses: [] },
    { warnings: [{ leadMinutes: 60 }] },
  ])('with %j are taken by the rules and by their schema', (change) => {
    const body = JSON.parse(JSON.stringify({ basedOn: 0, terms: { ...terms, ...change } })) as object;
    expect([problemsOf(body), accepts(body)]).toEqual([[], true]);
  });

  it.each([
    [{ effectiveFrom: 'soon' }, 'terms.effectiveFrom: must be an instant in UTC that exists, such as 2026-01-31T12:00:00Z'],
    [{ reviewOn: '2027-02-30' }, 'terms.reviewOn: must be a date that exists, YYYY-MM-DD'],
    [
      { targets: [{ ...target, target: { amount: 0, unit: 'business_days' } }] },
      'terms.targets[0].target.amount: must be a whole number from 1',
    ],
    [{ targets: [{ ...target, target: 3 }] }, 'terms.targets[0].target: must be an object with amount and unit'],
    [{ targets: [{ ...target, hours: 3 }] }, 'terms.targets[0].hours: there is no such field'],
    [{ targets: { 0: target } }, 'terms.targets: must be a list of 0 to 2000 objects'],
    [{ warnings: [{ fraction: 0.5 }, { fraction: 1 }] }, 'terms.warnings[1].fraction: must be a number between 0 and 1, both excluded'],
    [{ warnings: [{}] }, 'terms.warnings[0]: must have either fraction or leadMinutes'],
    [{ warnings: Array.from({ length: 21 }, () => ({ fraction: 0.5 })) }, 'terms.warnings: must be a list of up to 20'],
    [{ pauses: [{ reason: 'weather', capDays: 0 }] }, 'terms.pauses[0].capDays: must be a whole number from 1 to 3650'],
    [{ returnWithinHours: 1.5 }, 'terms.returnWithinHours: must be a whole number from 1 to 87600'],
    [{ version: 1 }, 'terms.version: there is no such field'],
  ])('with %j are refused by the rules, which name the field, and by their schema', (change, problem) => {
    const body = JSON.parse(JSON.stringify({ basedOn: 0, terms: { ...terms, ...change } })) as object;
    expect([problemsOf(body), accepts(body)]).toEqual([[problem], false]);
  });

  it('are an object', () => {
    for (const none of [undefined, null, [], 'terms'])
      expect(problemsOf({ basedOn: 0, terms: none })).toEqual(['terms: must be an object']);
  });
});
