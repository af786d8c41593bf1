import { ACCOUNT_COMMANDS, ACCOUNT_ID_RULE, isAccountId, isPassword, PASSWORD_RULE } from '@onedoor/access';
import { CATALOG_ID } from '@onedoor/intake';
import { ROLES, type Role } from '@onedoor/kernel';
import { CommandGateway } from '@onedoor/platform';
import { answer, say, UserError } from '../answer.js';
import { openExisting, openToWrite, OPERATOR, withProduct, type DataOptions } from '../open-data.js';
import { readPassword } from '../read-password.js';

interface AccountOptions extends DataOptions {
  readonly json: boolean;
}

interface CreateAccountOptions extends AccountOptions {
  readonly role: string;
  readonly department?: string;
}

/** `account create ID --role ROLE`: creates an account with a password; the first administrator gets one by this. */
export async function createAccount(id: string, { role, department, ...options }: CreateAccountOptions): Promise<void> {
  checkId(id);
  if (!isRole(role)) throw new UserError(`--role: must be one of ${ROLES.join(', ')}`);
  const assignment = { role, department: department ?? null };
  await send(options, id, 'create', { id, password: await newPassword(), ...assignment });
  answer(options.json, { id, ...assignment }, [`${id} may sign in, as ${department === undefined ? role : `${role} ${department}`}`]);
}

/** `account password ID`: sets another password and ends the sessions of the account. */
export async function setAccountPassword(id: string, options: AccountOptions): Promise<void> {
  checkId(id);
  await send(options, id, 'set-password', { password: await newPassword() });
  answer(options.json, { id }, [`${id} has another password`]);
}

/** `account disable ID`: the account can sign in no more. */
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
  if (!isPassword(password)) throw new UserError(`The password ${PASSWORD_RULE}`);
  return password;
}

function send(options: AccountOptions, id: string, name: keyof typeof ACCOUNT_COMMANDS.commands, body: object): Promise<void> {
  // Only the first account may be made where there is no data yet.
  const opening = name === 'create' ? openToWrite(options) : openExisting(options);
  return withProduct(opening, async (app, { store }) => {
    const { department = null } = body as { readonly department?: string | null };
    if (department !== null && (await store.read(`department-${department}`, 0, 1)).length === 0) {
      const hasCity = (await store.read(`catalog-${CATALOG_ID}`, 0, 1)).length > 0;
      if (hasCity) throw new UserError('DEPARTMENT_UNKNOWN: --department: there is no such department');
      // Accounts may come before the city, so it is said and not refused.
      say(`There is no department ${department} yet: the account works for none until there is`);
    }
    const outcome = await app.get(CommandGateway).sendNow(ACCOUNT_COMMANDS, id, name, body, { actor: OPERATOR });
    if (outcome.outcome === 'rejected') throw new UserError(`${outcome.code}: ${outcome.detail}`);
  });
}
