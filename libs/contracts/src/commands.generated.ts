// Made by `npm run docs` from docs/openapi.yaml: the commands that clients may send, by their names. Not to be edited.

export type AddServices = { readonly services: readonly Service[] };

export type AgreementTerms = {
  readonly calendarId: string;
  readonly effectiveFrom: string;
  readonly pauses: readonly Pause[];
  readonly returnWithinHours?: number | null;
  readonly reviewOn?: string | null;
  readonly targets: readonly ServiceTarget[];
  readonly warnings: readonly Warning[];
};

export type AssignCase = { readonly assignee: string };

export type Authority = { readonly contact: string; readonly name: string } | null;

export type CalendarDraft = {
  readonly zone: string;
  readonly weeklyHours: {
    readonly '1'?: readonly { readonly from: string; readonly to: string }[];
    readonly '2'?: readonly { readonly from: string; readonly to: string }[];
    readonly '3'?: readonly { readonly from: string; readonly to: string }[];
    readonly '4'?: readonly { readonly from: string; readonly to: string }[];
    readonly '5'?: readonly { readonly from: string; readonly to: string }[];
    readonly '6'?: readonly { readonly from: string; readonly to: string }[];
    readonly '7'?: readonly { readonly from: string; readonly to: string }[];
  };
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
  readonly skipHolidays: boolean;
  readonly businessDays: {
    readonly cutOff:
      | string
      | null
      | {
          readonly '1'?: string;
          readonly '2'?: string;
          readonly '3'?: string;
          readonly '4'?: string;
          readonly '5'?: string;
          readonly '6'?: string;
          readonly '7'?: string;
        };
    readonly nextStart:
      | string
      | null
      | {
          readonly '1'?: string;
          readonly '2'?: string;
          readonly '3'?: string;
          readonly '4'?: string;
          readonly '5'?: string;
          readonly '6'?: string;
          readonly '7'?: string;
        };
    readonly dueWithinHours?: boolean;
  };
};

export type CreateAccount = {
  readonly department?: string | null;
  readonly id: string;
  readonly password: string;
  readonly role: 'department' | 'router' | 'auditor' | 'analyst' | 'administrator';
};

export type CreateDepartment = { readonly code: string; readonly name: string };

export type Drop = { readonly reason: string };

export type ExcuseBreach = { readonly reason: 'outside_city_control' | 'wrong_report' | 'other_agency' | 'wrong_record' };

export type GrantRole = {
  readonly department?: string | null;
  readonly role: 'department' | 'router' | 'auditor' | 'analyst' | 'administrator';
};

export type IssueToken = {
  readonly department?: string | null;
  readonly expiresAt?: string | null;
  readonly label: string;
  readonly role: 'department' | 'router' | 'auditor' | 'analyst' | 'administrator';
};

export type OpenCatalog = { readonly city: string; readonly zone: string };

export type Pause = { readonly capDays: number; readonly reason: string };

export type ProposeAgreement = { readonly basedOn: number; readonly terms: AgreementTerms };

export type PublishCalendar = { readonly basedOn: number; readonly calendar: CalendarDraft };

export type PublishRules = { readonly basedOn: number; readonly rules: readonly RoutingRule[] };

export type ReachMilestone = { readonly milestone: string };

export type ReopenCase = { readonly reason: 'not_fixed' | 'came_back' | 'ended_by_mistake' | 'new_information' };

export type ResolveCase = {
  readonly authority?: Authority;
  readonly note?: string | null;
  readonly outcome:
    | 'fixed'
    | 'scheduled'
    | 'no_violation'
    | 'violation_found'
    | 'answered'
    | 'duplicate'
    | 'invalid'
    | 'no_access'
    | 'referred'
    | 'declined'
    | 'withdrawn';
  readonly parent?: string | null;
  readonly reason?: 'not_allowed' | 'private_property' | 'below_threshold' | 'no_funds' | 'not_a_service' | null;
};

export type ReturnCase = {
  readonly note?: string | null;
  readonly reason: 'wrong_department' | 'outside_jurisdiction' | 'incomplete_report' | 'already_reported';
};

export type ReviseDate = {
  readonly dueAt: string;
  readonly reason: 'more_work_than_expected' | 'other_work_first' | 'weather' | 'materials' | 'staff' | 'another_agency';
};

export type RoutingRule = { readonly department: string; readonly service: string };

export type Service = {
  readonly code: string;
  readonly description: string;
  readonly descriptions?: 'public' | 'never' | null;
  readonly group: string;
  readonly keywords: readonly string[];
  readonly name: string;
  readonly visibility: 'public' | 'private' | 'confidential';
};

export type ServiceTarget = { readonly milestone: string; readonly service: string; readonly target: Target };

export type SetPassword = { readonly current?: string | null; readonly password: string };

export type SignAgreement = { readonly version: number };

export type Target = {
  readonly amount: number;
  readonly unit: 'elapsed_minutes' | 'elapsed_hours' | 'business_minutes' | 'business_hours' | 'business_days' | 'calendar_days';
};

export type TransferCase = {
  readonly department: string;
  readonly reason: 'wrong_department' | 'next_step' | 'shared_work' | 'agreed_between_departments';
};

export type WaitCase = { readonly expectedUntil: string; readonly note?: string | null; readonly reason: string };

export type Warning = { readonly fraction: number } | { readonly leadMinutes: number };

/** What each command takes; null: nothing. */
export interface CommandBodies {
  /** Make an account. */
  readonly 'accounts/create': CreateAccount;
  /** Disable an account for good. */
  readonly 'accounts/disable': null;
  /** Give an account another role. */
  readonly 'accounts/grant-role': GrantRole;
  /** Set an account's password. */
  readonly 'accounts/set-password': SetPassword;
  /** Propose a version of the agreement with a department. */
  readonly 'agreements/propose': ProposeAgreement;
  /** Sign a version of an agreement. */
  readonly 'agreements/sign': SignAgreement;
  /** Publish a version of a calendar. */
  readonly 'calendars/publish': PublishCalendar;
  /** Say that the case is the department's own. */
  readonly 'cases/accept': null;
  /** Accept that the case had been sent to the wrong department. */
  readonly 'cases/accept-return': null;
  /** Give the case to an employee or a crew. */
  readonly 'cases/assign': AssignCase;
  /** Close what was resolved. */
  readonly 'cases/close': null;
  /** Excuse that the promise of this round was not kept. */
  readonly 'cases/excuse': ExcuseBreach;
  /** Say that a milestone is reached that the department's agreement names for the service. */
  readonly 'cases/reach': ReachMilestone;
  /** Go on with a case that had ended. */
  readonly 'cases/reopen': ReopenCase;
  /** End the work. */
  readonly 'cases/resolve': ResolveCase;
  /** Go on after a wait. */
  readonly 'cases/resume': null;
  /** Give the case back to triage. */
  readonly 'cases/return': ReturnCase;
  /** Tell the resident another date. */
  readonly 'cases/revise': ReviseDate;
  /** Begin the work. */
  readonly 'cases/start': null;
  /** Hand the case to another department; from triage, to the first. */
  readonly 'cases/transfer': TransferCase;
  /** Wait for something. */
  readonly 'cases/wait': WaitCase;
  /** Add services to the catalog. */
  readonly 'catalog/add-services': AddServices;
  /** Open the catalog of a city: its name, and the zone of its days. */
  readonly 'catalog/open': OpenCatalog;
  /** Create a department. */
  readonly 'departments/create': CreateDepartment;
  /** Drop the messages of a parked key. */
  readonly 'parked/drop': Drop;
  /** Retry a parked key now. */
  readonly 'parked/release': null;
  /** Publish the routing rules of the city, all of them. */
  readonly 'rules/publish': PublishRules;
  /** Issue a token for another system. */
  readonly 'tokens/issue': IssueToken;
  /** Revoke a token. */
  readonly 'tokens/revoke': null;
}

export type CommandName = keyof CommandBodies;

/** How each is sent: `isOnEdition`, with the ETag of what was read as `If-Match`. */
export const COMMAND_ROUTES = {
  'accounts/create': { method: 'POST', path: '/api/v1/accounts', roles: ['administrator'], isOnEdition: false },
  'accounts/disable': { method: 'DELETE', path: '/api/v1/accounts/{id}', roles: ['administrator'], isOnEdition: false },
  'accounts/grant-role': { method: 'PUT', path: '/api/v1/accounts/{id}/role', roles: ['administrator'], isOnEdition: false },
  'accounts/set-password': {
    method: 'PUT',
    path: '/api/v1/accounts/{id}/password',
    roles: ['department', 'router', 'auditor', 'analyst', 'administrator'],
    isOnEdition: false,
  },
  'agreements/propose': { method: 'POST', path: '/api/v1/agreements/{department}/propose', roles: ['administrator'], isOnEdition: false },
  'agreements/sign': { method: 'POST', path: '/api/v1/agreements/{department}/sign', roles: ['department', 'router'], isOnEdition: false },
  'calendars/publish': { method: 'POST', path: '/api/v1/calendars/{id}/publish', roles: ['administrator'], isOnEdition: false },
  'cases/accept': { method: 'POST', path: '/api/v1/cases/{reference}/accept', roles: ['department', 'router'], isOnEdition: true },
  'cases/accept-return': { method: 'POST', path: '/api/v1/cases/{reference}/accept-return', roles: ['router'], isOnEdition: true },
  'cases/assign': { method: 'POST', path: '/api/v1/cases/{reference}/assign', roles: ['department', 'router'], isOnEdition: true },
  'cases/close': { method: 'POST', path: '/api/v1/cases/{reference}/close', roles: ['department', 'router'], isOnEdition: true },
  'cases/excuse': { method: 'POST', path: '/api/v1/cases/{reference}/excuse', roles: ['router'], isOnEdition: true },
  'cases/reach': { method: 'POST', path: '/api/v1/cases/{reference}/reach', roles: ['department', 'router'], isOnEdition: true },
  'cases/reopen': { method: 'POST', path: '/api/v1/cases/{reference}/reopen', roles: ['department', 'router'], isOnEdition: true },
  'cases/resolve': { method: 'POST', path: '/api/v1/cases/{reference}/resolve', roles: ['department', 'router'], isOnEdition: true },
  'cases/resume': { method: 'POST', path: '/api/v1/cases/{reference}/resume', roles: ['department', 'router'], isOnEdition: true },
  'cases/return': { method: 'POST', path: '/api/v1/cases/{reference}/return', roles: ['department', 'router'], isOnEdition: true },
  'cases/revise': { method: 'POST', path: '/api/v1/cases/{reference}/revise', roles: ['department', 'router'], isOnEdition: true },
  'cases/start': { method: 'POST', path: '/api/v1/cases/{reference}/start', roles: ['department', 'router'], isOnEdition: true },
  'cases/transfer': { method: 'POST', path: '/api/v1/cases/{reference}/transfer', roles: ['department', 'router'], isOnEdition: true },
  'cases/wait': { method: 'POST', path: '/api/v1/cases/{reference}/wait', roles: ['department', 'router'], isOnEdition: true },
  'catalog/add-services': { method: 'POST', path: '/api/v1/catalog/services', roles: ['administrator'], isOnEdition: false },
  'catalog/open': { method: 'POST', path: '/api/v1/catalog', roles: ['administrator'], isOnEdition: false },
  'departments/create': { method: 'POST', path: '/api/v1/departments', roles: ['administrator'], isOnEdition: false },
  'parked/drop': { method: 'POST', path: '/api/v1/parked/{id}/drop', roles: ['administrator'], isOnEdition: false },
  'parked/release': { method: 'POST', path: '/api/v1/parked/{id}/release', roles: ['administrator'], isOnEdition: false },
  'rules/publish': { method: 'POST', path: '/api/v1/rules', roles: ['administrator', 'router'], isOnEdition: false },
  'tokens/issue': { method: 'POST', path: '/api/v1/tokens', roles: ['administrator'], isOnEdition: false },
  'tokens/revoke': { method: 'DELETE', path: '/api/v1/tokens/{id}', roles: ['administrator'], isOnEdition: false },
} as const satisfies Readonly<Record<CommandName, object>>;
