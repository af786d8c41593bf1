import { givenOf } from '@onedoor/testkit';
import { IMPOSSIBLE, issueToken, monday, revokeToken, tokenIssued, tokenRevoked } from '../../test/access.fixtures.js';
import { apiTokenDecider } from './decider.js';

const given = givenOf(apiTokenDecider);

describe('a token', () => {
  it('is issued as it was asked for', () => {
    given().when(issueToken()).then(tokenIssued());
    given()
      .when(issueToken({ expiresAt: null }))
      .then(tokenIssued({ expiresAt: null }));
  });

  it('never takes the place of another', () => {
    given(tokenIssued()).when(issueToken()).thenRejects('TOKEN_EXISTS');
  });

  it('is not over before it begins', () => {
    given()
      .when(issueToken({ expiresAt: monday }))
      .thenRejects('EXPIRY_PAST');
  });

  it.each(IMPOSSIBLE)('has a department where its role works for one, and only there: %j', (assignment, code) => {
    given().when(issueToken(assignment)).thenRejects(code);
  });

  it('is revoked, once', () => {
    given().when(revokeToken()).thenRejects('TOKEN_UNKNOWN');
    given(tokenIssued()).when(revokeToken()).then(tokenRevoked());
    given(tokenIssued(), tokenRevoked()).when(revokeToken()).thenNothing();
  });
});
