import { assertNever, type Instant } from '@onedoor/kernel';
import { localDateOf } from '@onedoor/sla';
import type { FactCommand } from './command.js';
import type { WantFact } from './react.js';

/** The command behind a wish: its instants are given the dates that calendars in the city's zone show. */
export function dated(want: WantFact, at: Instant, zone: string): FactCommand {
  switch (want.type) {
    case 'RecordSubmission':
      return { ...want, at, submittedOn: localDateOf(want.submittedAt, zone) };
    case 'RecordPromise':
      return { ...want, at, dueOn: localDateOf(want.dueAt, zone) };
    case 'RecordResolution':
      return { ...want, at, resolvedOn: localDateOf(want.resolvedAt, zone) };
    case 'RecordRouting':
    case 'RecordBreach':
    case 'RecordReopening':
      return { ...want, at };
    default:
      return assertNever(want);
  }
}
