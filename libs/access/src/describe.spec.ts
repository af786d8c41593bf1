import {
  accountCreated,
  accountDisabled,
  passwordSet,
  roleGranted,
  sessionEnded,
  token,
  tokenIssued,
  tokenRevoked,
} from '../test/access.fixtures.js';
import { describeAccess } from './describe.js';

describe('what an auditor reads', () => {
  it('is one sentence for each fact, without a secret or a hash of one', () => {
    const sentences = [
      accountCreated(),
      passwordSet(),
      roleGranted(),
      accountDisabled(),
      tokenIssued(),
      tokenIssued({ expiresAt: null }),
      tokenRevoked(),
      sessionEnded(),
    ].map(describeAccess);
    expect(sentences).toEqual([
      'Account created, as department works',
      'Password set; sessions that began before are over',
      'Is router from now on',
      'Account disabled for good',
      'Token issued to Works ledger, as department works, until 2026-03-02T20:00:00.000Z',
      'Token issued to Works ledger, as department works',
      'Token revoked',
      'works-desk signed out',
    ]);
    expect(sentences.join()).not.toContain(token().secretHash);
  });
});
