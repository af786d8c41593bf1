import type { City } from '@onedoor/composition';
import type { AgreementDraft } from '@onedoor/routing';
import { usualOwners, type AgreedType } from './agreements-csv.js';
import { calendarOf, type CityFile } from './city-file.js';
import type { Survey } from './survey.js';

/**
 * The city of a file of records: its agreements, the rules that follow from them (each type goes to its usual owner), and all services
 * and departments that the agreements or the records name.
 */
export function cityOf(city: CityFile, agreed: readonly AgreedType[], { types, departments }: Survey): City {
  const allDepartments = [...new Set([...agreed.map(({ department }) => department), ...departments])].sort();
  const allTypes = [...new Set([...agreed.map(({ type }) => type), ...types.keys()])].sort();
  return {
    name: city.name,
    zone: city.zone,
    since: city.since,
    departments: allDepartments.map((code) => ({ code, name: code })),
    services: allTypes.map((type) => ({
      code: type,
      name: type,
      description: type,
      group: types.get(type)?.reason ?? '',
      keywords: [],
      visibility: 'public',
    })),
    calendars: [calendarOf(city)],
    agreements: [...Map.groupBy(agreed, ({ department }) => department)].map(([department, rows]) => ({
      department,
      terms: termsOf(city, rows),
    })),
    rules: [...usualOwners(agreed)].map(([service, department]) => ({ service, department })),
  };
}

const termsOf = (city: CityFile, rows: readonly AgreedType[]): AgreementDraft => ({
  effectiveFrom: city.since,
  reviewOn: null,
  calendarId: city.calendarId,
  targets: rows.map(({ type, amount, unit }) => ({ service: type, milestone: 'resolve', target: { amount, unit } })),
  warnings: city.warnings,
  pauses: [],
  returnWithinHours: null,
});
