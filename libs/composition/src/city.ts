import type { ServiceDefinition } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import type { AgreementTermsBody, CalendarDraft, RoutingRule } from '@onedoor/routing';

/** A city as it is set up: what can be asked for, who answers, by when. */
export interface City {
  readonly name: string;
  /** IANA zone of the city's days. */
  readonly zone: string;
  /** From when all of this counts. */
  readonly since: Instant;
  readonly departments: readonly { readonly code: string; readonly name: string }[];
  readonly services: readonly ServiceDefinition[];
  readonly calendars: readonly CalendarDraft[];
  readonly agreements: readonly { readonly department: string; readonly terms: AgreementTermsBody }[];
  readonly rules: readonly RoutingRule[];
}
