import type { City } from '@onedoor/composition';
import type { AgreementDraft } from '@onedoor/routing';
import { usualOwners, type AgreedType } from './agreements-csv.js';
import type { ImportMapping } from './mapping.js';
import type { Survey } from './survey.js';

/**
 * The city of a file of records: its agreements, the rules that follow from them (each type goes to its usual owner), and all services
 * and departments that the agreements or the records name.
 */
export function cityOf(mapping: ImportMapping, agreed: readonly AgreedType[], { types, departments }: Survey): City {
  const { name, zone, since, calendars } = mapping;
  const allDepartments = [...new Set([...agreed.map(({ department }) => department), ...departments])].sort();
  const allTypes = [...new Set([...agreed.map(({ type }) => type), ...types.keys()])].sort();
  return {
    name,
    zone,
    since,
    departments: allDepartments.map((code) => ({ code, name: code })),
    services: allTypes.map((type) => ({
      code: type,
      name: type,
      description: type,
      group: types.get(type)?.group ?? '',
      keywords: [],
      visibility: 'public',
    })),
    calendars,
    agreements: [...Map.groupBy(agreed, ({ department }) => department)].map(([department, rows]) => ({
      department,
      terms: termsOf(mapping, rows),
    })),
    rules: [...usualOwners(agreed)].map(([service, department]) => ({ service, department })),
    // A city that is there goes on taking requests: what the records do not speak of is sent where it was.
    keepsOtherRules: true,
  };
}

const termsOf = ({ since, calendars, warnings }: ImportMapping, rows: readonly AgreedType[]): AgreementDraft => ({
  effectiveFrom: since,
  reviewOn: null,
  calendarId: calendars[0]?.id ?? '',
  targets: rows.map(({ type, amount, unit }) => ({ service: type, milestone: 'resolve', target: { amount, unit } })),
  warnings,
  pauses: [],
  returnWithinHours: null,
});
