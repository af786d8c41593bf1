import { systemCommand, WITHOUT_ROUTES, type AnyCommand, type CommandSet } from '@onedoor/engine';
import { rejectAbsent, type Instant } from '@onedoor/kernel';
import { localDateOf } from '@onedoor/sla';
import type { FactCommand } from '../events.js';
import type { FactState } from '../state.js';

/** What facts are recorded with. */
export interface FactNeeds {
  /** The IANA zone of the city's days; null until its catalog was heard of. */
  readonly zone: () => Promise<string | null>;
}

type Name =
  | 'record-submission'
  | 'record-routing'
  | 'record-promise'
  | 'record-breach'
  | 'record-excuse'
  | 'record-milestone'
  | 'record-revision'
  | 'record-return'
  | 'record-return-charge'
  | 'record-resolution'
  | 'record-reopening';

/** What a consumer records of public events. Where figures count an instant, the city's local date of it is recorded with it. */
export const FACT_COMMANDS: CommandSet<FactState, FactState, FactCommand, Name, FactNeeds> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('FACT_UNKNOWN', 'Nothing is known under this reference'),
  existing: (state) => state,
  commands: {
    'record-submission': {
      ...systemCommand('record-submission', 'RecordSubmission', 'Record what was submitted', 'new'),
      prepare: dated('RecordSubmission', 'submittedAt', 'submittedOn'),
    },
    'record-routing': systemCommand('record-routing', 'RecordRouting', 'Record which department answers for it'),
    'record-promise': {
      ...systemCommand('record-promise', 'RecordPromise', 'Record when its promise falls due'),
      prepare: dated('RecordPromise', 'dueAt', 'dueOn'),
    },
    'record-breach': systemCommand('record-breach', 'RecordBreach', 'Record that its promise was not kept'),
    'record-excuse': systemCommand('record-excuse', 'RecordExcuse', 'Record that its breach was excused'),
    'record-milestone': {
      ...systemCommand('record-milestone', 'RecordMilestone', 'Record whether a department reached a milestone in time'),
      prepare: dated('RecordMilestone', 'dueAt', 'dueOn'),
    },
    'record-revision': systemCommand('record-revision', 'RecordRevision', 'Record that its reporter was told another date'),
    'record-return': {
      ...systemCommand('record-return', 'RecordReturn', 'Record that a department gave it back'),
      prepare: dated('RecordReturn', 'returnedAt', 'returnedOn'),
    },
    'record-return-charge': systemCommand('record-return-charge', 'RecordReturnCharge', 'Record that a return is charged to 311'),
    'record-resolution': {
      ...systemCommand('record-resolution', 'RecordResolution', 'Record how it ended'),
      prepare: dated('RecordResolution', 'resolvedAt', 'resolvedOn'),
    },
    'record-reopening': systemCommand('record-reopening', 'RecordReopening', 'Record that it goes on'),
  },
};

/** Its catalog comes by the same bus: the message is tried again. */
const CITY_UNKNOWN = rejectAbsent('CITY_UNKNOWN', 'The catalog of the city was not heard of yet');

/** Adds the local date of one of the body's instants. */
function dated(
  type: FactCommand['type'],
  instant: string,
  day: string,
): NonNullable<AnyCommand<FactState, FactCommand, FactNeeds>['prepare']> {
  return async ({ body, at }, { zone }) => {
    const said: Readonly<Record<string, unknown>> = body;
    const ofCity = await zone();
    if (ofCity === null) return CITY_UNKNOWN;
    return { ...said, type, at, [day]: localDateOf(said[instant] as Instant, ofCity) } as unknown as FactCommand;
  };
}
