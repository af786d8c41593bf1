import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import { createAccount, disableAccount, endSession, grantRole, issueToken, revokeToken, router, token } from '../test/access.fixtures.js';
import { ACCOUNT, API_TOKEN, ROSTER, SESSION } from './aggregates.js';

const folder = (aggregate: string): string => join(import.meta.dirname, aggregate, 'golden');

goldenContract(ACCOUNT, folder('account'), {
  written: firstOfEachType(ACCOUNT.decider, createAccount(), grantRole(), disableAccount()),
  amountsTo: { exists: true, assignment: router, generation: 1, isDisabled: true },
});

goldenContract(API_TOKEN, folder('token'), {
  written: firstOfEachType(API_TOKEN.decider, issueToken(), revokeToken()),
  amountsTo: { exists: true, token: token(), isRevoked: true },
});

goldenContract(SESSION, folder('session'), { written: firstOfEachType(SESSION.decider, endSession()), amountsTo: { isEnded: true } });

const at = '2026-03-02T14:00:00.000Z';
goldenContract(ROSTER, folder('roster'), {
  written: firstOfEachType(
    ROSTER.decider,
    { type: 'AddAdministrator', at, account: 'chief' },
    { type: 'RemoveAdministrator', at, account: 'chief', administrators: ['chief', 'deputy'], changes: 1 },
  ),
  amountsTo: { added: new Set(), removed: new Set(['chief']), changes: 2 },
});
