import { NoBody } from '@onedoor/engine';
import { accountCommand, refusedOnOwn } from './command.js';

export const disable = accountCommand({
  name: 'disable',
  type: 'DisableAccount',
  summary: 'Disable an account for good',
  details: 'Its id stays taken.',
  body: NoBody,
  example: {},
  roles: ['administrator'],
  route: { method: 'DELETE', path: ':id', status: 204 },
  refusals: { ACCOUNT_IS_OWN: 409 },
  prepare: (asked) => refusedOnOwn(asked) ?? { type: 'DisableAccount', at: asked.at },
});
