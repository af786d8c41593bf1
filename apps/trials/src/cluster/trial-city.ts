import type { City } from '@onedoor/composition';
import type { ServiceTarget } from '@onedoor/routing';

export const TRIAL_DEPARTMENTS = ['streets', 'sanitation', 'parks'] as const;
export type TrialDepartment = (typeof TRIAL_DEPARTMENTS)[number];

const SINCE = '2026-01-01T00:00:00.000Z';
const ALWAYS = [{ from: '00:00', to: '24:00' }];

const minutes = (service: string, amount: number): ServiceTarget => ({
  service,
  milestone: 'resolve',
  target: { amount, unit: 'elapsed_minutes' },
});

/** The code of the one service of each department. */
export const TRIAL_SERVICES = { streets: 'pothole', sanitation: 'missed-pickup', parks: 'fallen-tree' } as const;

/** The reason for which a promise may be paused here. */
export const TRIAL_PAUSE = 'waiting for the resident';

/** A city with a calendar that is always open and promises of minutes, so that a trial sees them kept and breached. */
export const trialCity = (targetMinutes: number): City => ({
  name: 'Trialville',
  zone: 'America/New_York',
  since: SINCE,
  departments: TRIAL_DEPARTMENTS.map((code) => ({ code, name: `The department ${code}` })),
  services: TRIAL_DEPARTMENTS.map((department) => ({
    code: TRIAL_SERVICES[department],
    name: `Service of ${department}`,
    description: 'Something to be mended',
    group: 'Trials',
    keywords: [],
    visibility: 'public',
  })),
  calendars: [
    {
      id: 'always',
      zone: 'America/New_York',
      weeklyHours: { 1: ALWAYS, 2: ALWAYS, 3: ALWAYS, 4: ALWAYS, 5: ALWAYS, 6: ALWAYS, 7: ALWAYS },
      holidays: [],
      skipHolidays: false,
      businessDays: { cutOff: null, nextStart: null },
    },
  ],
  agreements: TRIAL_DEPARTMENTS.map((department) => ({
    department,
    terms: {
      effectiveFrom: SINCE,
      reviewOn: null,
      calendarId: 'always',
      // Each department has targets for all services, so that a transferred case keeps a clock.
      targets: TRIAL_DEPARTMENTS.map((other) => minutes(TRIAL_SERVICES[other], targetMinutes)),
      warnings: [{ fraction: 0.5 }],
      pauses: [{ reason: TRIAL_PAUSE, capDays: 1 }],
      returnWithinHours: 24,
    },
  })),
  rules: TRIAL_DEPARTMENTS.map((department) => ({ service: TRIAL_SERVICES[department], department })),
});
