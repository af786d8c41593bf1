import { givenOf } from '@onedoor/testkit';
import { rosterDecider, type RosterEvent } from './roster.js';

const at = '2026-03-02T14:00:00.000Z';
const given = givenOf(rosterDecider);
const added = (account: string): RosterEvent => ({ type: 'AdministratorAdded', at, data: { account } });
const removed = (account: string): RosterEvent => ({ type: 'AdministratorRemoved', at, data: { account } });
const remove = (account: string, administrators: readonly string[], changes = 0) =>
  ({ type: 'RemoveAdministrator', at, account, administrators, changes }) as const;

it('an administrator is added once', () => {
  given().when({ type: 'AddAdministrator', at, account: 'a' }).then(added('a'));
  given(added('a')).when({ type: 'AddAdministrator', at, account: 'a' }).thenNothing();
});

describe('removing an administrator', () => {
  it('is recorded while another one stays', () => {
    given()
      .when(remove('a', ['a', 'b']))
      .then(removed('a'));
  });

  it('is refused for the last one, whatever the others were', () => {
    given()
      .when(remove('a', ['a']))
      .thenRejects('LAST_ADMINISTRATOR');
    given(removed('b'))
      .when(remove('a', ['a', 'b'], 1))
      .thenRejects('LAST_ADMINISTRATOR');
  });

  it('is refused where it was decided on a roster that has changed, so that it is looked at again', () => {
    given(removed('c'))
      .when(remove('a', ['a', 'b', 'c']))
      .thenRejects('ROSTER_CHANGED');
  });

  it('twice is once: a command that was killed behind it goes on', () => {
    given(removed('a'))
      .when(remove('a', [], 1))
      .thenNothing();
  });

  it('of one who was added again counts the others anew', () => {
    given(removed('b'), added('b'))
      .when(remove('a', ['a', 'b'], 2))
      .then(removed('a'));
  });
});
