import type { Outcome } from '@onedoor/contracts';
import { COLUMNS, line } from '../../test/record-line.js';
import { BOSTON, shipped } from '../../test/shipped-mappings.js';
import { csvFieldsOf } from './csv-records.js';
import { RecordReading } from './record.js';

const reading = new RecordReading(BOSTON, COLUMNS);

function outcomeOf(closure: string): Outcome | null {
  const read = reading.read(csvFieldsOf(line({ closure_reason: `"${closure.replaceAll('"', '""')}"` })) ?? []);
  if ('rejected' in read) throw new Error(read.rejected);
  return read.record.outcome;
}

/** Made-up words in the manner of Boston's crews, and what a person says that they mean. */
const LABELLED: readonly (readonly [Outcome, string])[] = [
  ['duplicate', 'Case Closed Duplicate of Existing Case Duplicate of case #101000000001 '],
  ['duplicate', 'Case Closed Duplicate'],
  ['duplicate', 'Case Closed. Closed date : 2017-05-07 06:40:28.8 Duplicate of Existing Case '],
  ['duplicate', 'Case Closed Case Resolved   THIS IS A DUPLICATE AND REFER TO CN#101000000001.'],
  ['duplicate', 'Case Closed Case Resolved THIS IS ADUPLICATE AND REFER TO CN#1'],
  ['duplicate', 'Case Closed Case Noted This is a duplicate request. We have the first one'],
  ['duplicate', 'Case Closed Case Invalid duplicate case 1'],
  ['duplicate', 'Case Closed Case Noted Duplicate request'],
  ['fixed', 'Case Closed Case Resolved no duplicate found, lamp replaced'],
  ['fixed', 'Case Closed Case Resolved Not a duplicate: the second lamp was out as well'],
  ['fixed', 'Case Closed Case Resolved this is not a duplicate of case 1'],
  ['fixed', 'Case Closed Case Resolved Duplicate case not found, hole filled'],
  ['fixed', 'Case Closed Case Resolved Duplicate request: none found, hole filled'],
  ['fixed', 'Case Closed Case Resolved Duplicates: none'],
  ['fixed', 'Case Closed Case Resolved Duplicate: no. Hole filled'],
  ['answered', 'Case Closed Case Noted duplicate, never found'],
  ['duplicate', 'Case Closed Case Resolved Duplicate, no action was needed'],
  ['duplicate', 'Case Closed Case Noted Duplicate of a request that was not found at first'],
  ['fixed', 'Case Closed Case Resolved Duplicate signs removed'],
  ['fixed', 'Case Closed Case Resolved duplicate key cut for the gate'],
  ['fixed', 'Case Closed Case Resolved hole filled, checked for duplicate reports'],
  ['fixed', 'Case Closed Case Resolved crew corrected an error of the meter'],
  ['fixed', 'Case Closed Case Resolved no error in the signal was left'],
  ['fixed', 'Case Closed Case Resolved the notice said Case Invalid and was taken down'],
  ['fixed', 'Case Closed Case Resolved; was Case Scheduled for Monday, done today'],
  ['fixed', 'Case Closed VIOCOR: Violation Corrected '],
  ['fixed', 'Case Closed CORR: Corrected '],
  ['fixed', 'Case Closed PERMIS: Permit Issued '],
  ['fixed', 'Case Closed Internal Case '],
  ['fixed', 'Case Closed : '],
  ['scheduled', 'Case Closed Case Scheduled Items have been scheduled for pickup. '],
  ['scheduled', 'Case Closed Case Scheduled no duplicate found'],
  ['answered', 'Case Closed Case Noted '],
  ['answered', 'Case Closed Case Noted no duplicate on record'],
  ['answered', 'Case Closed Case Noted caller was told that no access is needed, NOACC does not apply'],
  ['no_violation', 'Case Closed NOVIO: No Violation Found/No Cause '],
  ['no_violation', 'Case Closed NOBASE: No Basis '],
  ['no_violation', 'Case Closed CLOSED: Closed/No Permit '],
  ['violation_found', 'Case Closed VIOISS: Violation Filed '],
  ['violation_found', 'Case Closed TSOP: Stop Order '],
  ['invalid', 'Case Closed Case Invalid Opened in error. '],
  ['invalid', 'Case Closed opened in error '],
  ['invalid', 'Case Closed Error '],
  ['invalid', 'Case Closed wrong type (error) '],
  ['declined', 'Case Closed ADCLSD: Administratively Closed '],
  ['referred', 'Case Closed Case Referred to the water commission '],
  ['referred', 'Case Closed ROA: Refer to Other Agency '],
  ['no_access', 'Case Closed TFA: Tenant Failed Apt '],
  ['no_access', 'Case Closed NOACC: Closed-No Access '],
  ['withdrawn', 'Case Closed caller called and asked to cancel '],
];

describe("the outcomes of Boston's mapping", () => {
  it.each(LABELLED)('%s: %s', (outcome, closure) => {
    expect(outcomeOf(closure)).toBe(outcome);
  });

  it('name no duplicate that is none, and miss none of these', () => {
    const found = LABELLED.filter(([, closure]) => outcomeOf(closure) === 'duplicate');
    expect(found).toEqual(LABELLED.filter(([outcome]) => outcome === 'duplicate'));
  });

  it('are each anchored at the beginning', () => {
    for (const { pattern } of BOSTON.outcomes) expect(pattern.startsWith('^')).toBe(true);
    for (const { pattern } of BOSTON.outcomes) expect(outcomeOf(`He wrote: ${pattern}`)).toBe('fixed');
  });
});

/** Made-up words in the manner of New York's agencies. */
const LABELLED_NEW_YORK: readonly (readonly [Outcome, string])[] = [
  ['duplicate', 'This complaint is a duplicate of another complaint.'],
  ['duplicate', 'The Department of Transportation determined that this complaint is a duplicate of a previously filed complaint.'],
  ['fixed', 'This complaint is not a duplicate.'],
  ['fixed', 'The condition that was reported was a duplicate key in the meter.'],
  ['no_access', 'The Department of Housing Preservation and Development was not able to gain access to inspect the following conditions.'],
  ['fixed', 'The Department of Buildings was able to gain access and closed the opening.'],
  ['no_violation', 'The Police Department responded to the complaint and no violation was issued.'],
  ['no_violation', 'The Police Department responded to the complaint and observed no evidence of the violation at that time.'],
  ['no_violation', 'The Department of Sanitation investigated this complaint and found no violation at the location.'],
  ['no_violation', 'The Department of Housing Preservation and Development inspected the following conditions. No violations were issued.'],
  ['violation_found', 'The Department of Housing Preservation and Development inspected the following conditions. Violations were issued.'],
  ['violation_found', 'The Police Department issued a summons in response to the complaint.'],
  ['violation_found', 'The Department of Sanitation investigated this complaint and issued a violation.'],
  ['fixed', 'The Police Department did not issue a summons.'],
  ['fixed', 'The Department of Sanitation has not issued a summons: the condition was corrected.'],
  ['fixed', 'The agency could have issued a violation, but the condition was corrected.'],
  ['referred', 'This complaint has been referred to the Department of Health.'],
  ['fixed', 'The complaint has not been referred to another agency: the condition was corrected.'],
];

describe("the outcomes of New York's mapping", () => {
  const newYork = shipped('new-york-311');
  const columns = Object.values(newYork.columns).flat() as readonly string[];
  const reader = new RecordReading(newYork, columns);

  it.each(LABELLED_NEW_YORK)('%s: %s', (outcome, closure) => {
    const fields: Readonly<Record<string, string>> = {
      'Unique Key': '1',
      'Created Date': '07/05/2023 09:15:00 AM',
      'Closed Date': '07/06/2023 12:30:00 PM',
      Status: 'Closed',
      'Complaint Type': 'Street Condition',
      'Resolution Description': closure,
    };
    expect(reader.read(columns.map((column) => fields[column] ?? ''))).toMatchObject({ record: { outcome } });
  });
});
