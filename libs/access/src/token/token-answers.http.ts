import { assert } from '@onedoor/kernel';
import { instant, json, NOTHING_ANSWERED, orNull, record, text, type CommandAnswers, type CommandDone } from '@onedoor/platform';
import { BEARER, ROLE_MEMBERS, UNCACHED } from '../account/account-answers.http.js';
import type { ApiTokenState } from './api-token.js';
import { describeApiToken, type IssuedToken } from './events.js';

interface TokenAnswer extends Omit<IssuedToken, 'secretHash'> {
  readonly id: string;
  /** Told in this one answer, and kept nowhere. */
  readonly token: string;
}

function answerOf({ state, reveals }: Pick<CommandDone<ApiTokenState>, 'state' | 'reveals'>, id: string): TokenAnswer {
  assert(state.exists && reveals !== null && 'token' in reveals, 'the issue of a token reveals it');
  const { role, department, label, expiresAt } = state.token;
  return { id, token: String(reveals.token), role, department, label, expiresAt };
}

/** What the commands of a token answer. */
export const API_TOKEN_ANSWERS: CommandAnswers = {
  tag: 'Accounts',
  name: 'Tokens',
  usual: NOTHING_ANSWERED,
  of: {
    issue: {
      described: json(
        'The token, which is shown here once and never again.',
        record<TokenAnswer>('IssuedToken', {
          id: text('By which it is revoked.'),
          token: BEARER,
          ...ROLE_MEMBERS,
          label: text('The system that uses it.'),
          expiresAt: orNull(instant('From when it is refused; null: without an end.')),
        }),
        { headers: UNCACHED },
      ),
      answer: answerOf,
    },
  },
  describe: describeApiToken,
};
