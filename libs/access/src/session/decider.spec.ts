import { givenOf } from '@onedoor/testkit';
import { endSession, sessionEnded } from '../../test/access.fixtures.js';
import { sessionDecider } from './decider.js';

const given = givenOf(sessionDecider);

describe('a session', () => {
  it('ends once', () => {
    given().when(endSession()).then(sessionEnded());
    given(sessionEnded()).when(endSession()).thenNothing();
  });
});
