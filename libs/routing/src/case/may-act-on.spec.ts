import type { Principal } from '@onedoor/platform';
import { mayActOn, mayRead } from './may-act-on.js';

const who = (role: Principal['role'], department: string | null = null): Principal => ({
  id: 'somebody',
  kind: 'account',
  role,
  department,
});

describe('who may do something about a case', () => {
  it.each([
    [who('router'), 'parks', true, true],
    [who('router'), null, true, true],
    [who('department', 'parks'), 'parks', true, true],
    [who('department', 'works'), 'parks', false, false],
    [who('department', 'parks'), null, false, false],
    [who('department', null), null, false, false],
    [who('auditor'), 'parks', false, true],
    [who('analyst'), 'parks', false, false],
    [who('administrator'), 'parks', false, false],
  ])('%j, of a case of %s: act %s, read %s', (principal, department, acts, reads) => {
    expect([mayActOn(principal, { department }), mayRead(principal, { department })]).toEqual([acts, reads]);
  });
});
