import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Accounts, Passwords } from '@onedoor/access';
import { openSqlite, systemEntropy } from '@onedoor/adapters';
import { Executor } from '@onedoor/engine';
import { onedoor, onedoorWith, type Ended } from './command-line.js';

const PASSWORD = 'a door that opens slowly';

describe('accounts, from the command line', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onedoor-account-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const create = (id: string, ...options: readonly string[]) =>
    onedoorWith(`${PASSWORD}\n`, 'account', 'create', id, '--data', folder, '--json', ...options);

  /** The account in the folder, and whether the password matches. */
  async function lookUp(id: string, password: string): Promise<object | null> {
    const data = await openSqlite(folder);
    try {
      const ports = {
        vault: data.vault,
        clock: { now: () => '2026-03-02T14:00:00.000Z', wait: () => Promise.resolve() },
        entropy: systemEntropy,
      };
      const accounts = new Accounts(ports, new Executor(data.store, 'city'));
      const account = await accounts.one(id);
      return (
        account && {
          ...account.assignment,
          isDisabled: account.isDisabled,
          matches: await new Passwords(ports).matches(password, await accounts.passwordHash(id, account)),
        }
      );
    } finally {
      await data.close();
    }
  }

  it('creates the first administrator, and stores the password only as a hash', async () => {
    const { code, stdout, stderr } = await create('administrator', '--role', 'administrator');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ id: 'administrator', role: 'administrator', department: null });
    expect(await lookUp('administrator', PASSWORD)).toEqual({ role: 'administrator', department: null, isDisabled: false, matches: true });
    expect(readFileSync(join(folder, 'log.db')).includes(PASSWORD)).toBe(false);
  });

  it('replaces a password, and disables an account, which stays in the log', async () => {
    const { code, stderr } = await create('streets-desk', '--role', 'department', '--department', 'streets');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^There is no department streets yet/)]);
    expect((await onedoorWith('quite another password\n', 'account', 'password', 'streets-desk', '--data', folder)).code).toBe(0);
    expect(await lookUp('streets-desk', 'quite another password')).toMatchObject({ matches: true });
    expect(await lookUp('streets-desk', PASSWORD)).toMatchObject({ matches: false });
    expect((await onedoor('account', 'disable', 'streets-desk', '--data', folder)).code).toBe(0);
    expect(await lookUp('streets-desk', PASSWORD)).toMatchObject({ isDisabled: true });
  });

  it('refuses invalid arguments in one line', async () => {
    await create('router', '--role', 'router');
    const refused: readonly (readonly [() => Promise<Ended>, RegExp])[] = [
      [() => create('Ada', '--role', 'router'), /"Ada": the name of an account must/],
      [() => create('desk', '--role', 'owner'), /--role: must be one of/],
      [() => create('desk', '--role', 'department'), /DEPARTMENT_REQUIRED/],
      [() => create('router', '--role', 'router'), /ACCOUNT_EXISTS/],
      [() => onedoorWith('short\n', 'account', 'create', 'desk', '--role', 'router', '--data', folder), /password must be text of 12/],
      [() => onedoorWith('', 'account', 'password', 'router', '--data', folder), /No password/],
      [() => onedoor('account', 'disable', 'unknown-desk', '--data', folder), /ACCOUNT_UNKNOWN/],
    ];
    for (const [ask, words] of refused) {
      const { code, stdout, stderr } = await ask();
      expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(words) });
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });
});
