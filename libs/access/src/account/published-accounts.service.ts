import type { INestApplicationContext } from '@nestjs/common';
import type { Actor, Role } from '@onedoor/kernel';
import { CommandGateway, SetUpRefused } from '@onedoor/platform';
import { Accounts } from './accounts.service.js';
import { ACCOUNT_COMMANDS } from './commands/index.js';
import { Passwords } from './passwords.service.js';

/** An account of a demonstration, with a password that stands in its documentation. */
export interface PublishedAccount {
  readonly id: string;
  readonly role: Role;
  readonly department: string | null;
  readonly password: string;
}

/** Creates those accounts that do not exist. Doing it again changes nothing, also where a password was changed since. */
export async function foundAccounts(app: INestApplicationContext, accounts: readonly PublishedAccount[], actor: Actor): Promise<void> {
  const gateway = app.get(CommandGateway);
  const hashes = new Map<string, Promise<string>>();
  for (const { id, role, department, password } of accounts) {
    if ((await app.get(Accounts).one(id)) !== null) continue;
    const hash = hashes.get(password) ?? app.get(Passwords).hash(password);
    hashes.set(password, hash);
    const body = { role, department, hash: await hash };
    const outcome = await gateway.sendNow(ACCOUNT_COMMANDS, id, 'create-published', body, { actor });
    if (outcome.outcome === 'rejected') throw new SetUpRefused(`account ${id}`, outcome);
  }
}

/** Those of these accounts that still have their published password, so that every reader of the documentation can sign in by them. */
export async function publishedAccounts(app: INestApplicationContext, ids: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(ids.map((id) => app.get(Accounts).one(id)));
  return ids.filter((_, index) => found[index]?.password?.isPublished === true && !found[index].isDisabled);
}
