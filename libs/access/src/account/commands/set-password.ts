import { reject, ROLES } from '@onedoor/kernel';
import { Text } from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import { accountCommand, isOwn, NewPassword } from './command.js';

class SetPasswordBody {
  @NewPassword('password') password!: string;

  /** The present password: required where the account changes its own. */
  @IsOptional() @Text('current', 200) current?: string | null;
}

/** Prepared without the state: a principal that may not set another account's password does not learn whether there is such an account. */
export const setPassword = accountCommand({
  name: 'set-password',
  type: 'SetPassword',
  summary: "Set an account's password",
  details: "One's own, by the present one; another account's, by an administrator. Every session of the account ends.",
  body: SetPasswordBody,
  example: { password: 'another long and private one', current: 'a long and private one' },
  roles: ROLES,
  stream: 'any',
  holdsSecret: true,
  route: { method: 'PUT', path: ':id/password', status: 204 },
  refusals: { PRESENT_PASSWORD_REQUIRED: 400, PASSWORD_WRONG: 403, ROLE_NOT_ALLOWED: 403, TOO_MANY_ATTEMPTS: 429, TOO_MANY_AT_ONCE: 429 },
  async prepare(asked, needs) {
    const { id, body, at, by, client, isPreview } = asked;
    if (isOwn(asked)) {
      if (typeof body.current !== 'string') return reject('PRESENT_PASSWORD_REQUIRED', 'current: is required to change your own password');
      if (!(await needs.isPasswordOf(id, body.current, client ?? '')))
        return reject('PASSWORD_WRONG', 'current: is not the password of this account');
    } else if (by !== null && by.role !== 'administrator') {
      return reject('ROLE_NOT_ALLOWED', "Only an administrator sets another account's password");
    }
    const hash = await needs.sealedHash(id, body.password, isPreview);
    return { type: 'SetPassword', at, password: { hash, isPublished: false } };
  },
});
