import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import { createAccount, disableAccount, endSession, grantRole, issueToken, revokeToken, router, token } from '../test/access.fixtures.js';
import { ACCOUNT, API_TOKEN, SESSION } from './aggregates.js';

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
