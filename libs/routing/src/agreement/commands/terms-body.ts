import { instantOf, msOf } from '@onedoor/kernel';
import {
  Follows,
  Identifier,
  InstantText,
  ListOf,
  ListThatFollows,
  Satisfies,
  ServiceCode,
  WholeNumber,
  type Schema,
} from '@onedoor/platform';
import { CALENDAR_ID_CHARACTERS, localDayOf, targetProblems, warningProblems, type Target, type Warning } from '@onedoor/sla';
import { IsOptional, Matches } from 'class-validator';
import type { AgreementDraft } from '../agreement.js';
import { MILESTONE_CODE, MILESTONE_RULE } from '../milestones.js';

/** What `targetProblems` accepts, but for the longest amount of each unit. */
export const TARGET_SCHEMA: Schema = {
  title: 'Target',
  type: 'object',
  required: ['amount', 'unit'],
  properties: {
    amount: { type: 'integer', minimum: 1, maximum: 5_256_000, description: 'At most ten years, or as much business time.' },
    unit: {
      type: 'string',
      enum: ['elapsed_minutes', 'elapsed_hours', 'business_minutes', 'business_hours', 'business_days', 'calendar_days'],
    },
  },
  additionalProperties: false,
};

const only = (field: string, schema: Schema): Schema => ({
  type: 'object',
  required: [field],
  properties: { [field]: schema },
  additionalProperties: false,
});

/** What `warningProblems` accepts. */
export const WARNING_SCHEMA: Schema = {
  title: 'Warning',
  oneOf: [
    only('fraction', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1, description: 'Of the time that the target grants.' }),
    only('leadMinutes', { type: 'integer', minimum: 1, maximum: 5_256_000, description: 'Before it is due, by the clock on the wall.' }),
  ],
};

/** Characters of the code of a reason to wait. */
export const REASON_CHARACTERS = 100;

export class ServiceTargetBody {
  @ServiceCode('service') service!: string;

  @Matches(MILESTONE_CODE, { message: MILESTONE_RULE })
  milestone!: string;

  @Follows('target', 'target', targetProblems, TARGET_SCHEMA) target!: Target;
}

export class PauseBody {
  @Identifier('reason', REASON_CHARACTERS) reason!: string;
  @WholeNumber('capDays', 1, 3_650) capDays!: number;
}

export class AgreementTermsBody {
  @InstantText('effectiveFrom') effectiveFrom!: string;

  @IsOptional()
  @Satisfies('reviewOn', (value) => typeof value === 'string' && localDayOf(value) !== null, 'must be a date that exists, YYYY-MM-DD', {
    type: 'string',
    format: 'date',
  })
  reviewOn?: string | null;

  @Identifier('calendarId', CALENDAR_ID_CHARACTERS) calendarId!: string;
  @ListOf('targets', ServiceTargetBody, { most: 2_000 }) targets!: readonly ServiceTargetBody[];
  @ListThatFollows('warnings', 'warning', warningProblems, { most: 20, items: WARNING_SCHEMA }) warnings!: readonly Warning[];
  @ListOf('pauses', PauseBody, { most: 100 }) pauses!: readonly PauseBody[];

  @IsOptional()
  @WholeNumber('returnWithinHours', 1, 87_600)
  returnWithinHours?: number | null;
}

/** Terms as events keep them: every instant in its one spelling, and null where nothing was agreed. */
export function draftOf({ effectiveFrom, reviewOn = null, returnWithinHours = null, ...terms }: AgreementTermsBody): AgreementDraft {
  return {
    ...terms,
    effectiveFrom: instantOf(msOf(effectiveFrom)),
    reviewOn,
    returnWithinHours,
  };
}
