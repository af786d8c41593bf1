import { applyDecorators } from '@nestjs/common';
import { ROLES } from '@onedoor/kernel';
import type { Schema } from '@onedoor/platform';
import { IsIn, IsOptional, IsString, Length, Matches, registerDecorator } from 'class-validator';
import { ACCOUNT_ID, ACCOUNT_ID_RULE, isAccountId } from './account/account-id.js';
import { isPasswordLongEnough, PASSWORD_CHARACTERS, PASSWORD_RULE } from './account/password-rule.js';

/** A rule of our own, as class-validator takes it, and as the interface's description says it. */
const Satisfies =
  (isFine: (value: unknown) => boolean, rule: string, schema: Schema): PropertyDecorator =>
  (target, key) => {
    const options = { message: `${String(key)}: ${rule}`, context: { schema } };
    registerDecorator({
      name: 'satisfies',
      target: target.constructor,
      propertyName: String(key),
      options,
      validator: { validate: isFine },
    });
  };

export const AccountIdField = (): PropertyDecorator =>
  Satisfies((value) => typeof value === 'string' && isAccountId(value), ACCOUNT_ID_RULE, { type: 'string', pattern: ACCOUNT_ID.source });

/** A password somebody chooses. */
export const NewPasswordField = (): PropertyDecorator =>
  Satisfies((value) => typeof value === 'string' && isPasswordLongEnough(value), PASSWORD_RULE, { type: 'string', ...PASSWORD_CHARACTERS });

export const TextField = (name: string, characters: number): PropertyDecorator => {
  const message = `${name}: must be text of 1 to ${characters} characters`;
  return applyDecorators(IsString({ message }), Length(1, characters, { message })) as PropertyDecorator;
};

/** Everything that something can be given a role by. Whether role and department go together is decided behind it. */
export class StandingFields {
  @IsIn(ROLES, { message: `role: must be one of ${ROLES.join(', ')}` })
  role!: (typeof ROLES)[number];

  @IsOptional()
  @Matches(/^\P{Cc}{1,100}$/u, { message: 'department: must be the code of a department, of 1 to 100 characters' })
  department?: string | null;
}

export const standingOf = ({
  role,
  department,
}: StandingFields): { readonly role: StandingFields['role']; readonly department: string | null } => ({
  role,
  department: department ?? null,
});
