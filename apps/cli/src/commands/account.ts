import { ACCOUNT_COMMANDS, ACCOUNT_ID_RULE, isAccountId, isPasswordLongEnough, PASSWORD_RULE } from '@onedoor/access';
import { ROLES, type Actor, type Role } from '@onedoor/kernel';
import { CommandGateway } from '@onedoor/platform';
import { answer, UserError } from '../answer.js';
import type { DataOptions } from '../data-options.js';
import { openToWrite, startProduct } from '../open-data.js';
import { readPassword } from '../read-password.js';

export interface AccountOptions extends DataOptions {
  readonly json: boolean;
}

export interface CreateAccountOptions extends AccountOptions {
  readonly role: string;
  readonly department?: string;
}

/** A process that may write the data may do this: it is how the first administrator gets an account. */
const OPERATOR: Actor = { role: 'system', id: 'command-line' };

/** `account create ID --role ROLE`: an account with a password, on a folder that no OneDoor has open. */
export async function createAccount(id: string, { role, department, ...options }: CreateAccountOptions): Promise<void> {
  checkId(id);
  if (!isRole(role)) throw new UserError(`--role: must be one of ${ROLES.join(', ')}`);
  const assignment = { role, department: department ?? null };
  await send(options, id, 'create', { id, password: await newPassword(), ...assignment });
  answer(options.json, { id, ...assignment }, [`${id} may sign in, as ${department === undefined ? role : `${role} ${department}`}`]);
}

/** `account password ID`: another password for an account; its sessions end. */
export async function setAccountPassword(id: string, options: AccountOptions): Promise<void> {
  checkId(id);
  await send(options, id, 'set-password', { password: await newPassword() });
  answer(options.json, { id }, [`${id} has another password`]);
}

/** `account disable ID`: it signs in no more. */
export async function disableAccount(id: string, options: AccountOptions): Promise<void> {
  checkId(id);
  await send(options, id, 'disable', {});
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

async function send(options: AccountOptions, id: string, name: keyof typeof ACCOUNT_COMMANDS.commands, body: object): Promise<void> {
  const open = await openToWrite(options, 'city');
  try {
    const app = await startProduct(open, { open311Keys: [] });
    try {
      const outcome = await app.get(CommandGateway).sendNow(ACCOUNT_COMMANDS, id, name, body, { actor: OPERATOR });
      if (outcome.outcome === 'rejected') throw new UserError(`${outcome.code}: ${outcome.detail}`);
    } finally {
      await app.close();
    }
  } finally {
    await open.close();
  }
}
