import { applyDecorators } from '@nestjs/common';
import { LIMITS } from '@onedoor/kernel';
import { IsIn, IsOptional, IsString, Length, Matches, ValidateBy } from 'class-validator';
import { OUTCOMES, type Outcome } from './outcome.js';
import { REOPEN_REASONS, RETURN_REASONS, TRANSFER_REASONS, type ReturnReason, type TransferReason } from './reasons.js';

const OneOf = (field: string, codes: readonly string[]): PropertyDecorator =>
  IsIn(codes, { message: `${field}: must be one of ${codes.join(', ')}` });

const DepartmentField = (): PropertyDecorator => Matches(/^\P{Cc}{1,100}$/u, { message: 'department: must be the code of a department' });

/** Half of a surrogate pair is no character, and no encoder takes it; nor does text hold a NUL. */
const isText = (value: unknown): boolean => typeof value === 'string' && value.isWellFormed() && !value.includes('\u0000');

/** Free text, which is sealed before anything else sees it. */
const NoteField = (): PropertyDecorator => {
  const message = `note: must be text of 1 to ${LIMITS.descriptionCharacters} characters, in well-formed Unicode and without NUL`;
  return applyDecorators(
    IsOptional(),
    IsString({ message }),
    Length(1, LIMITS.descriptionCharacters, { message }),
    ValidateBy({ name: 'isText', validator: { validate: isText } }, { message }),
  ) as PropertyDecorator;
};

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
const isInstantText = (value: unknown): boolean => typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value));

const InstantField = (field: string): PropertyDecorator =>
  ValidateBy(
    { name: 'isInstant', validator: { validate: isInstantText } },
    {
      message: `${field}: must be an instant in UTC, such as 2026-01-31T12:00:00Z`,
      context: { schema: { format: 'date-time', pattern: INSTANT.source } },
    },
  );

export class AssignCaseDto {
  /** An opaque id: names and addresses stay out of events. */
  @Matches(/^[\w.:-]{1,100}$/, { message: 'assignee: must be an id of 1 to 100 letters, digits, dots, colons, dashes and underscores' })
  assignee!: string;
}

export class WaitCaseDto {
  /** Which ones are known depends on the department's agreement. */
  @Matches(/^[\p{L}\p{N} _-]{1,100}$/u, { message: 'reason: must be the code of a reason' })
  reason!: string;

  @InstantField('expectedUntil') expectedUntil!: string;
  @NoteField() note?: string | null;
}

export class TransferCaseDto {
  @DepartmentField() department!: string;
  @OneOf('reason', TRANSFER_REASONS) reason!: TransferReason;
}

export class ReturnCaseDto {
  @OneOf('reason', RETURN_REASONS) reason!: ReturnReason;
  @NoteField() note?: string | null;
}

export class ResolveCaseDto {
  @OneOf('outcome', OUTCOMES) outcome!: Outcome;
  @NoteField() note?: string | null;
}

export class ReopenCaseDto {
  @OneOf('reason', REOPEN_REASONS) reason!: (typeof REOPEN_REASONS)[number];
}
