import { ACCOUNT_ID_RULE, Accounts, isAccountId, isPasswordLongEnough, PASSWORD_RULE, Passwords } from '@onedoor/access';
import { Executor } from '@onedoor/engine';
import { ROLES, type Actor, type Rejection, type Role } from '@onedoor/kernel';
import { answer, UserError } from '../answer.js';
import type { DataOptions } from '../data-options.js';
import { openToWrite } from '../open-data.js';
import { readPassword } from '../read-password.js';

export interface AccountOptions extends DataOptions {
  readonly json: boolean;
}

export interface CreateAccountOptions extends AccountOptions {
  readonly role: string;
  readonly department?: string;
}

/** Whoever may write the data may do this: it is how the first administrator comes in. */
const OPERATOR: Actor = { role: 'system', id: 'command-line' };

/** `account create ID --role ROLE`: an account with a password, on a folder that no OneDoor has open. */
export async function createAccount(id: string, { role, department, ...options }: CreateAccountOptions): Promise<void> {
  checkId(id);
  if (!isRole(role)) throw new UserError(`--role: must be one of ${ROLES.join(', ')}`);
  const standing = { role, department: department ?? null };
  const password = await newPassword();
  await change(options, async (accounts, passwords) => accounts.create(id, standing, { hash: await passwords.hash(password) }, OPERATOR));
  answer(options.json, { id, ...standing }, [`${id} may sign in, as ${department === undefined ? role : `${role} ${department}`}`]);
}

/** `account password ID`: another password for an account; whoever is signed in by it is signed out. */
export async function setAccountPassword(id: string, options: AccountOptions): Promise<void> {
  checkId(id);
  const password = await newPassword();
  await change(options, async (accounts, passwords) => accounts.setPassword(id, { hash: await passwords.hash(password) }, OPERATOR));
  answer(options.json, { id }, [`${id} has another password`]);
}

/** `account disable ID`: nobody signs in by it again. */
export async function disableAccount(id: string, options: AccountOptions): Promise<void> {
  checkId(id);
  await change(options, (accounts) => accounts.disable(id, OPERATOR));
  answer(options.json, { id }, [`${id} is disabled`]);
}

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

function checkId(id: string): void {
  if (!isAccountId(id)) throw new UserError(`${JSON.stringify(id)}: the name of an account ${ACCOUNT_ID_RULE}`);
}

async function newPassword(): Promise<string> {
  const password = await readPassword();
  if (!isPasswordLongEnough(password)) throw new UserError(`The password ${PASSWORD_RULE}`);
  return password;
}

async function change(
  options: AccountOptions,
  doIt: (accounts: Accounts, passwords: Passwords) => Promise<Rejection | null>,
): Promise<void> {
  const open = await openToWrite(options, 'city');
  try {
    const { ports } = open;
    const refused = await doIt(new Accounts(ports, new Executor(ports.store, ports.jurisdiction)), new Passwords(ports));
    if (refused !== null) throw new UserError(`${refused.code}: ${refused.detail}`);
  } finally {
    await open.close();
  }
}
