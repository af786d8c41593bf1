import type { AgreementDraft, AgreementTerms, Party } from '../src/agreement/agreement.js';
import type { AgreementCommand, AgreementEvent } from '../src/agreement/decider.js';
import type { CalendarDraft, CalendarEvent, PublishCalendar } from '../src/calendar/decider.js';
import type { CreateDepartment, DepartmentEvent } from '../src/department/decider.js';
import type { PublishRoutingRules, RoutingRulesEvent } from '../src/rules/decider.js';
import type { RoutingRule } from '../src/rules/routing-rules.js';
import { monday, OFFICE } from './case.fixtures.js';

/** What a department of the specs agreed to: potholes within three business days. */
export const agreement = (draft: Partial<AgreementTerms> = {}): AgreementTerms => ({
  version: 1,
  effectiveFrom: monday,
  reviewOn: '2027-03-01',
  calendarId: 'office',
  targets: [{ service: 'pothole', milestone: 'resolve', target: { amount: 3, unit: 'business_days' } }],
  warnings: [{ fraction: 0.75 }, { leadMinutes: 120 }],
  pauses: [{ reason: 'weather', capDays: 14 }],
  returnWithinHours: null,
  ...draft,
});

const { version: _version, ...TERMS } = agreement();
export const propose = (draft: Partial<AgreementDraft> = {}, basedOn = 0): AgreementCommand => ({
  type: 'ProposeAgreement',
  at: monday,
  terms: { ...TERMS, ...draft },
  basedOn,
});
export const sign = (party: Party, version = 1): AgreementCommand => ({ type: 'SignAgreement', at: monday, version, parties: [party] });
export const proposed = (draft: Partial<AgreementTerms> = {}): AgreementEvent => ({
  type: 'AgreementProposed',
  at: monday,
  data: agreement(draft),
});
export const signed = (party: Party, version = 1): AgreementEvent => ({ type: 'AgreementSigned', at: monday, data: { version, party } });

const { version: _calendarVersion, ...HOURS } = OFFICE;
export const publishCalendar = (draft: Partial<CalendarDraft> = {}, basedOn = 0): PublishCalendar => ({
  type: 'PublishCalendar',
  at: monday,
  calendar: { ...HOURS, ...draft },
  basedOn,
});
export const calendarPublished = (draft: Partial<CalendarEvent['data']> = {}): CalendarEvent => ({
  type: 'CalendarPublished',
  at: monday,
  data: { ...OFFICE, ...draft },
});

export const createDepartment = (name = 'Parks and Gardens'): CreateDepartment => ({
  type: 'CreateDepartment',
  at: monday,
  code: 'parks',
  name,
});
export const departmentCreated = (name = 'Parks and Gardens'): DepartmentEvent => ({
  type: 'DepartmentCreated',
  at: monday,
  data: { code: 'parks', name },
});

export const rule = (service: string, department: string): RoutingRule => ({ service, department });
export const publishRules = (basedOn: number, ...rules: readonly RoutingRule[]): PublishRoutingRules => ({
  type: 'PublishRoutingRules',
  at: monday,
  rules,
  basedOn,
});
export const rulesPublished = (version: number, ...rules: readonly RoutingRule[]): RoutingRulesEvent => ({
  type: 'RoutingRulesPublished',
  at: monday,
  data: { version, rules },
});
