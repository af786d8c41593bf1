import { reject, ROLES } from '@onedoor/kernel';
import { Text } from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import { accountCommand, isOwn } from './command.js';
import { NewPassword } from './fields.js';

class SetPasswordBody {
  @NewPassword('password') password!: string;

  /** The present password: required where the account changes its own. */
  @IsOptional() @Text('current', 200) current?: string | null;
}

/** Decided by the fold alone: who may not set another account's password is refused before it learns whether there is one. */
export const setPassword = accountCommand({
  name: 'set-password',
  type: 'SetPassword',
  summary: "Set an account's password",
  details: "One's own, by the present one; somebody else's, by an administrator. Every session of the account ends.",
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
