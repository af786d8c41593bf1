import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Accounts, Passwords } from '@onedoor/access';
import { openSqlite, systemEntropy } from '@onedoor/adapters';
import { Executor } from '@onedoor/engine';
import { onedoor, onedoorTold, type Ended } from './command-line.js';

const PASSWORD = 'a door that opens slowly';

describe('accounts, from the command line', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onedoor-account-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const create = (id: string, ...options: readonly string[]) =>
    onedoorTold(`${PASSWORD}\n`, 'account', 'create', id, '--data', folder, '--json', ...options);

  /** What the folder holds of an account, and whether the password opens it. */
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
          opens: await new Passwords(ports).matches(password, await accounts.passwordHash(id, account)),
        }
      );
    } finally {
      await data.close();
    }
  }

  it('the first administrator comes in, by a password that stands nowhere', async () => {
    const { code, stdout, stderr } = await create('administrator', '--role', 'administrator');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ id: 'administrator', role: 'administrator', department: null });
    expect(await lookUp('administrator', PASSWORD)).toEqual({ role: 'administrator', department: null, isDisabled: false, opens: true });
    expect(readFileSync(join(folder, 'log.db')).includes(PASSWORD)).toBe(false);
  });

  it('another password takes the place of the first, and a disabled account stays', async () => {
    await create('streets-desk', '--role', 'department', '--department', 'streets');
    expect((await onedoorTold('quite another password\n', 'account', 'password', 'streets-desk', '--data', folder)).code).toBe(0);
    expect(await lookUp('streets-desk', 'quite another password')).toMatchObject({ opens: true });
    expect(await lookUp('streets-desk', PASSWORD)).toMatchObject({ opens: false });
    expect((await onedoor('account', 'disable', 'streets-desk', '--data', folder)).code).toBe(0);
    expect(await lookUp('streets-desk', PASSWORD)).toMatchObject({ isDisabled: true });
  });

  it('what can not be is refused in one line', async () => {
    await create('router', '--role', 'router');
    const refused: readonly (readonly [() => Promise<Ended>, RegExp])[] = [
      [() => create('Ada', '--role', 'router'), /"Ada": the name of an account must/],
      [() => create('desk', '--role', 'owner'), /--role: must be one of/],
      [() => create('desk', '--role', 'department'), /DEPARTMENT_REQUIRED/],
      [() => create('router', '--role', 'router'), /ACCOUNT_EXISTS/],
      [() => onedoorTold('short\n', 'account', 'create', 'desk', '--role', 'router', '--data', folder), /password must be text of 12/],
      [() => onedoorTold('', 'account', 'password', 'router', '--data', folder), /No password/],
      [() => onedoor('account', 'disable', 'nobody', '--data', folder), /ACCOUNT_UNKNOWN/],
    ];
    for (const [ask, words] of refused) {
      const { code, stdout, stderr } = await ask();
      expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(words) });
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });
});
