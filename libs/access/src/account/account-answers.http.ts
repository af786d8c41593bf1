import { json, oneOf, orNull, record, ROLES, text, NOTHING_ANSWERED, type Answer, type CommandAnswers } from '@onedoor/platform';
import type { AccountState } from './account.js';
import { describeAccount } from './events.js';
import type { RoleAssignment } from './role-assignment.js';

/** A role assignment in answers, as the interface's description says it. */
export const ROLE_MEMBERS = {
  role: oneOf(ROLES, 'What it may be used for.'),
  department: orNull(text('The department it works for; null for every role but `department`.')),
} as const;

export const BEARER = text('To be sent as `Authorization: Bearer …`.');

/** Of an answer that holds a secret: no cache on the way keeps it. */
export const UNCACHED = { 'Cache-Control': { type: 'string', const: 'no-store' } } satisfies Answer['headers'];

interface AccountAnswer extends RoleAssignment {
  readonly id: string;
}

const ACCOUNT_CREATED = json(
  'The account, as it now is.',
  record<AccountAnswer>('Account', { id: text('As it was given.'), ...ROLE_MEMBERS }),
);

/** What the commands of an account answer. */
export const ACCOUNT_ANSWERS: CommandAnswers = {
  tag: 'Accounts',
  name: 'Accounts',
  usual: NOTHING_ANSWERED,
  of: {
    create: {
      described: ACCOUNT_CREATED,
      answer: ({ state }: { readonly state: AccountState }, id): AccountAnswer | null =>
        state.exists ? { id, ...state.assignment } : null,
    },
  },
  describe: describeAccount,
};
