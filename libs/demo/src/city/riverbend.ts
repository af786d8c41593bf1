import type { City } from '@onedoor/composition';
import type { ServiceDraft } from '@onedoor/intake';
import type { AgreementDraft, CalendarDraft, ServiceTarget } from '@onedoor/routing';
import type { OpenHours } from '@onedoor/sla';
import { holidaysOf } from './holidays.js';

const ZONE = 'America/New_York';
const SINCE = '2020-01-01T05:00:00.000Z';
const OFFICE_HOURS: readonly OpenHours[] = [{ from: '08:30', to: '17:00' }];
const DAY_AND_NIGHT: readonly OpenHours[] = [{ from: '00:00', to: '24:00' }];

const CITY_HALL: CalendarDraft = {
  id: 'city-hall',
  zone: ZONE,
  weeklyHours: { 1: OFFICE_HOURS, 2: OFFICE_HOURS, 3: OFFICE_HOURS, 4: OFFICE_HOURS, 5: OFFICE_HOURS },
  holidays: holidaysOf(2025, 2030),
  skipHolidays: true,
  businessDays: { cutOff: '17:00', nextStart: '08:30' },
};

/** Of departments that work at any hour. */
const ROUND_THE_CLOCK: CalendarDraft = {
  id: 'round-the-clock',
  zone: ZONE,
  weeklyHours: {
    1: DAY_AND_NIGHT,
    2: DAY_AND_NIGHT,
    3: DAY_AND_NIGHT,
    4: DAY_AND_NIGHT,
    5: DAY_AND_NIGHT,
    6: DAY_AND_NIGHT,
    7: DAY_AND_NIGHT,
  },
  holidays: [],
  skipHolidays: false,
  businessDays: { cutOff: null, nextStart: null },
};

const service = (code: string, name: string, description: string, group: string, ...keywords: readonly string[]): ServiceDraft => ({
  code,
  name,
  description,
  group,
  keywords,
  visibility: 'public',
});

const resolve = (code: string, amount: number, unit: ServiceTarget['target']['unit']): ServiceTarget => ({
  service: code,
  milestone: 'resolve',
  target: { amount, unit },
});

const agreed = (targets: readonly ServiceTarget[], own: Partial<AgreementDraft> = {}): AgreementDraft => ({
  effectiveFrom: SINCE,
  reviewOn: '2027-06-30',
  calendarId: CITY_HALL.id,
  targets,
  warnings: [{ fraction: 0.75 }],
  pauses: [{ reason: 'waiting for the resident', capDays: 10 }],
  returnWithinHours: 24,
  ...own,
});

/** Riverbend: a small city that exists only here, for trying the front door out. */
export const RIVERBEND: City = {
  name: 'Riverbend',
  zone: ZONE,
  since: SINCE,
  departments: [
    { code: 'streets', name: 'Streets and Lights' },
    { code: 'sanitation', name: 'Sanitation' },
    { code: 'parks', name: 'Parks and Trees' },
    { code: 'water', name: 'Water and Sewer' },
  ],
  services: [
    service('pothole', 'Pothole', 'A hole in a street or bike lane', 'Streets', 'road', 'hole', 'bike'),
    service('street-light', 'Street light out', 'A street light that is dark, flickers or hums', 'Streets', 'lamp', 'dark'),
    service('traffic-signal', 'Traffic signal', 'A traffic signal that is dark or stuck', 'Streets', 'red', 'green', 'crossing'),
    service('missed-pickup', 'Missed pickup', 'Trash or recycling that was not collected', 'Sanitation', 'trash', 'recycling'),
    service('recycling-sticker', 'Recycling sticker', 'A sticker that turns any bin into a recycling bin', 'Sanitation', 'bin', 'label'),
    service(
      'illegal-dumping',
      'Illegal dumping',
      'Furniture, tires or rubble left where they do not belong',
      'Sanitation',
      'mattress',
      'rubble',
    ),
    service('fallen-tree', 'Fallen tree or branch', 'A tree or branch that lies on a street, a path or a wire', 'Parks', 'branch', 'storm'),
    service(
      'park-equipment',
      'Broken park equipment',
      'A bench, swing or fountain in a park that is broken',
      'Parks',
      'playground',
      'bench',
    ),
    service('graffiti', 'Graffiti', 'Paint on public walls, signs or benches', 'Parks', 'paint', 'wall'),
    service('water-leak', 'Water leak', 'Water that runs where it should not', 'Water', 'pipe', 'flood'),
    service('hydrant', 'Damaged hydrant', 'A hydrant that leaks, leans or was hit', 'Water', 'fire'),
    {
      ...service(
        'something-else',
        'Something else',
        'Whatever fits nowhere above: 311 finds out whose it is',
        'General',
        'other',
        'question',
      ),
      // The city can not know beforehand what reporters write there, or about whom.
      descriptions: 'never',
    },
  ],
  calendars: [CITY_HALL, ROUND_THE_CLOCK],
  agreements: [
    {
      department: 'streets',
      terms: agreed([
        resolve('pothole', 3, 'business_days'),
        resolve('street-light', 10, 'business_days'),
        resolve('traffic-signal', 4, 'elapsed_hours'),
      ]),
    },
    {
      department: 'sanitation',
      terms: agreed([
        resolve('missed-pickup', 8, 'business_hours'),
        resolve('recycling-sticker', 2, 'business_days'),
        resolve('illegal-dumping', 4, 'business_days'),
      ]),
    },
    {
      department: 'parks',
      terms: agreed([
        resolve('fallen-tree', 24, 'elapsed_hours'),
        resolve('park-equipment', 14, 'calendar_days'),
        resolve('graffiti', 5, 'business_days'),
      ]),
    },
    {
      department: 'water',
      terms: agreed([resolve('water-leak', 8, 'business_hours'), resolve('hydrant', 240, 'elapsed_minutes')], {
        calendarId: ROUND_THE_CLOCK.id,
        warnings: [{ leadMinutes: 60 }],
        pauses: [
          { reason: 'waiting for the resident', capDays: 2 },
          { reason: 'permit', capDays: 5 },
        ],
        returnWithinHours: 4,
      }),
    },
  ],
  // Nothing is said about 'something-else': it comes to triage, where 311 decides.
  rules: [
    ...['pothole', 'street-light', 'traffic-signal'].map((code) => ({ service: code, department: 'streets' })),
    ...['missed-pickup', 'recycling-sticker', 'illegal-dumping'].map((code) => ({ service: code, department: 'sanitation' })),
    ...['fallen-tree', 'park-equipment', 'graffiti'].map((code) => ({ service: code, department: 'parks' })),
    ...['water-leak', 'hydrant'].map((code) => ({ service: code, department: 'water' })),
  ],
};
