import type { INestApplicationContext } from '@nestjs/common';
import type { Actor, Role } from '@onedoor/kernel';
import { SetUpRefused } from '@onedoor/platform';
import { Accounts } from './accounts.service.js';
import { Passwords } from './passwords.service.js';

/** An account of a demo, with a password that stands in its documentation. */
export interface PublishedAccount {
  readonly id: string;
  readonly role: Role;
  readonly department: string | null;
  readonly password: string;
}

/** Creates the accounts that are not there yet. Doing it again changes nothing, also where a password was changed since. */
export async function foundAccounts(app: INestApplicationContext, drafts: readonly PublishedAccount[], founder: Actor): Promise<void> {
  const accounts = app.get(Accounts);
  // A hash hides nothing here, so all accounts of one password share one: hashing is slow on purpose.
  const hashes = new Map<string, Promise<string>>();
  for (const { id, role, department, password } of drafts) {
    if ((await accounts.one(id)) !== null) continue;
    const hash = hashes.get(password) ?? app.get(Passwords).hash(password);
    hashes.set(password, hash);
    const refused = await accounts.create(id, { role, department }, { hash: await hash, isPublished: true }, founder);
    if (refused !== null) throw new SetUpRefused(`account ${id}`, refused);
  }
}

/** Those of these accounts that anybody can sign in by, because their passwords are still the published ones. */
export async function publishedAccounts(app: INestApplicationContext, ids: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(ids.map((id) => app.get(Accounts).one(id)));
  return ids.filter((_, index) => found[index]?.password?.isPublished === true && !found[index].isDisabled);
}
