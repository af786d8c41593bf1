import { givenOf } from '@onedoor/testkit';
import {
  accountCreated,
  accountDisabled,
  createAccount,
  disableAccount,
  grantRole,
  hours,
  IMPOSSIBLE,
  passwordSet,
  roleGranted,
  setPassword,
  works,
} from '../../test/access.fixtures.js';
import { isAccountId } from './credentials.js';
import { accountDecider } from './decider.js';
import type { AccountEvent } from './events.js';

const given = givenOf(accountDecider);
const CREATED: readonly AccountEvent[] = [accountCreated(), passwordSet()];

describe('an account', () => {
  it('is created with its role and a password', () => {
    given().when(createAccount()).then(accountCreated(), passwordSet());
  });

  it.each([CREATED, [...CREATED, accountDisabled()]])('keeps its id for good', (...history) => {
    given(...history)
      .when(createAccount())
      .thenRejects('ACCOUNT_EXISTS');
  });

  it.each([setPassword(), grantRole(), disableAccount()])('must be there: $type', (command) => {
    given().when(command).thenRejects('ACCOUNT_UNKNOWN');
  });

  it.each(IMPOSSIBLE)('has a department where its role works for one, and only there: %j', (assignment, code) => {
    given().when(createAccount(assignment)).thenRejects(code);
    given(...CREATED)
      .when(grantRole(assignment))
      .thenRejects(code);
  });

  it('gets another password, which ends what began with the old one', () => {
    given(...CREATED)
      .when(setPassword({ isPublished: true }))
      .then(passwordSet(hours(1), { isPublished: true }));
    const generations = [CREATED, [...CREATED, passwordSet(hours(1))]].map((events) =>
      events.reduce(accountDecider.evolve, accountDecider.initial),
    );
    expect(generations).toMatchObject([{ generation: 1 }, { generation: 2 }]);
  });

  it('is granted another role, once', () => {
    given(...CREATED)
      .when(grantRole())
      .then(roleGranted());
    given(...CREATED)
      .when(grantRole(works))
      .thenNothing();
  });

  it('is disabled, once', () => {
    given(...CREATED)
      .when(disableAccount())
      .then(accountDisabled());
    given(...CREATED, accountDisabled())
      .when(disableAccount())
      .thenNothing();
  });

  it.each([setPassword(), grantRole()])('once disabled takes no $type', (command) => {
    given(...CREATED, accountDisabled())
      .when(command)
      .thenRejects('ACCOUNT_DISABLED');
  });
});

describe('the id of an account', () => {
  it.each(['streets-desk', 'r2', 'a'.repeat(40)])('may be %s', (id) => {
    expect(isAccountId(id)).toBe(true);
  });

  it.each(['', 'a', 'Ada', 'ada@example.org', '1-desk', '-desk', 'streets desk', 'a'.repeat(41), 'desk\n'])('may not be %j', (id) => {
    expect(isAccountId(id)).toBe(false);
  });
});
