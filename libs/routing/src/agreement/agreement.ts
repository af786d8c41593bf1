import type { Instant } from '@onedoor/kernel';
import type { Target, Warning } from '@onedoor/sla';

/**
 * What a department and 311 owe each other, as one version of a memorandum. Versions never change: a new one takes effect
 * once both have signed it and its day has come.
 */
export interface AgreementTerms {
  readonly version: number;
  readonly effectiveFrom: Instant;
  /** The day both sides look at it again, `YYYY-MM-DD`; null where none was set. */
  readonly reviewOn: string | null;
  readonly calendarId: string;
  readonly targets: readonly ServiceTarget[];
  readonly warnings: readonly Warning[];
  /** The reasons for which a promise may stand still, each with a cap in days. */
  readonly pauses: readonly { readonly reason: string; readonly capDays: number }[];
  /** So many hours after its arrival, by the clock on the wall, a misroute that is returned counts against 311; null: never. */
  readonly returnWithinHours: number | null;
}

/** Terms before they have a version. */
export type AgreementDraft = Omit<AgreementTerms, 'version'>;

export interface ServiceTarget {
  /** An Open311 service code. */
  readonly service: string;
  readonly milestone: 'acknowledge' | 'start' | 'resolve' | (string & {});
  readonly target: Target;
}

export const PARTIES = ['department', '311'] as const;
export type Party = (typeof PARTIES)[number];
