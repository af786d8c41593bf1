import type { City } from '../city.js';
import type { AgreementDraft } from '@onedoor/routing';
import type { ServiceTarget } from '@onedoor/routing';
import type { OpenHours } from '@onedoor/sla';

const OFFICE_HOURS: readonly OpenHours[] = [{ from: '08:30', to: '17:00' }];

const SINCE = '2020-01-01T05:00:00.000Z';

const resolve = (service: string, amount: number, unit: ServiceTarget['target']['unit']): ServiceTarget => ({
  service,
  milestone: 'resolve',
  target: { amount, unit },
});

const agreed = (...targets: readonly ServiceTarget[]): AgreementDraft => ({
  effectiveFrom: SINCE,
  reviewOn: '2027-06-30',
  calendarId: 'city-hall',
  targets,
  warnings: [{ fraction: 0.75 }],
  pauses: [{ reason: 'waiting for the resident', capDays: 10 }],
  returnWithinHours: 24,
});

/** Riverbend: a small city that exists only here, for trying the front door out. */
export const RIVERBEND: City = {
  name: 'Riverbend',
  zone: 'America/New_York',
  since: SINCE,
  departments: [
    { code: 'streets', name: 'Streets and Lights' },
    { code: 'sanitation', name: 'Sanitation' },
    { code: 'parks', name: 'Parks and Trees' },
  ],
  services: [
    { code: 'pothole', name: 'Pothole', description: 'A hole in a street or bike lane', group: 'Streets', keywords: ['road', 'hole', 'bike'], visibility: 'public' },
    { code: 'street-light', name: 'Street light out', description: 'A street light that is dark, flickers or hums', group: 'Streets', keywords: ['lamp', 'dark'], visibility: 'public' },
    { code: 'traffic-signal', name: 'Traffic signal', description: 'A traffic signal that is dark or stuck', group: 'Streets', keywords: ['red', 'green', 'crossing'], visibility: 'public' },
    { code: 'missed-pickup', name: 'Missed pickup', description: 'Trash or recycling that was not collected', group: 'Sanitation', keywords: ['trash', 'recycling'], visibility: 'public' },
    { code: 'recycling-sticker', name: 'Recycling sticker', description: 'A sticker that turns any bin into a recycling bin', group: 'Sanitation', keywords: ['bin', 'label'], visibility: 'public' },
    { code: 'fallen-tree', name: 'Fallen tree or branch', description: 'A tree or branch that lies on a street, a path or a wire', group: 'Parks', keywords: ['branch', 'storm'], visibility: 'public' },
  ],
  calendars: [
    {
      id: 'city-hall',
      zone: 'America/New_York',
      weeklyHours: { 1: OFFICE_HOURS, 2: OFFICE_HOURS, 3: OFFICE_HOURS, 4: OFFICE_HOURS, 5: OFFICE_HOURS },
      holidays: [
        { date: '2026-11-26', name: 'Thanksgiving Day' },
        { date: '2026-12-25', name: 'Christmas Day' },
        { date: '2027-01-01', name: "New Year's Day" },
        { date: '2027-05-31', name: 'Memorial Day' },
        { date: '2027-07-05', name: 'Independence Day, observed' },
        { date: '2027-09-06', name: 'Labor Day' },
      ],
      skipHolidays: true,
      businessDays: { cutOff: '17:00', nextStart: '08:30' },
    },
  ],
  agreements: [
    {
      department: 'streets',
      terms: agreed(resolve('pothole', 3, 'business_days'), resolve('street-light', 10, 'business_days'), resolve('traffic-signal', 4, 'elapsed_hours')),
    },
    { department: 'sanitation', terms: agreed(resolve('missed-pickup', 8, 'business_hours'), resolve('recycling-sticker', 2, 'business_days')) },
    { department: 'parks', terms: agreed(resolve('fallen-tree', 24, 'elapsed_hours')) },
  ],
  rules: [
    { service: 'pothole', department: 'streets' },
    { service: 'street-light', department: 'streets' },
    { service: 'traffic-signal', department: 'streets' },
    { service: 'missed-pickup', department: 'sanitation' },
    { service: 'recycling-sticker', department: 'sanitation' },
    { service: 'fallen-tree', department: 'parks' },
  ],
};
