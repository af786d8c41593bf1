import { authorityMatrix } from '@onedoor/engine';
import type { DomainEvent } from '@onedoor/kernel';
import { contextModule, routesOfContext } from '@onedoor/platform';
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
import { ACCESS } from './access.module.js';

/** The sentence of the aggregate that an event is one of. */
const describeAccess = (event: DomainEvent): string => ACCESS.aggregates.find(({ of }) => event.type in of.shapes)?.describe(event) ?? '';

describe('what an auditor reads', () => {
  it('is one sentence for each event, without a secret or a hash of one', () => {
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

describe('who may call a route of a command', () => {
  const EVERY_ROLE = ['department', 'router', 'auditor', 'analyst', 'administrator'];

  it('stands in its definition', () => {
    const matrix = ACCESS.aggregates.flatMap(({ commands }) => authorityMatrix(commands));
    expect(Object.fromEntries(matrix)).toEqual({
      'POST /api/v1/accounts': ['administrator'],
      'PUT /api/v1/accounts/:id/password': EVERY_ROLE,
      'PUT /api/v1/accounts/:id/role': ['administrator'],
      'DELETE /api/v1/accounts/:id': ['administrator'],
      'POST /api/v1/tokens': ['administrator'],
      'DELETE /api/v1/tokens/:id': ['administrator'],
    });
  });

  it('is what the guard reads of the routes that are made from the definitions', () => {
    const matrix = ACCESS.aggregates.flatMap(({ commands }) => authorityMatrix(commands));
    const made = routesOfContext({ ...ACCESS, http: [] });
    expect(made.map(({ method, path, rule }) => [`${method} ${path}`, rule])).toEqual(matrix.map(([route, roles]) => [route, { roles }]));
  });
});

it('a process that only checks who asks serves none of its routes', () => {
  const controllersOf = (servesHttp: boolean) => contextModule(ACCESS, { servesHttp }).controllers?.length;
  expect([controllersOf(true), controllersOf(false)]).toEqual([6, 0]);
});
