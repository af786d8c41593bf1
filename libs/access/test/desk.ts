import { openMemory, type MemoryData } from '@onedoor/adapters';
import { Executor } from '@onedoor/engine';
import type { Actor } from '@onedoor/kernel';
import { ManualClock } from '@onedoor/testkit';
import { Accounts } from '../src/account/accounts.service.js';
import { ApiTokens } from '../src/token/api-tokens.service.js';
import { Passwords } from '../src/account/passwords.service.js';
import { Sessions } from '../src/session/sessions.service.js';
import { SignIn } from '../src/account/sign-in.service.js';
import { monday, works } from './access.fixtures.js';

export const PASSWORD = 'a door that opens slowly';
export const SYSTEM: Actor = { role: 'system', id: 'test' };

/** One process that lets people in, over data that it may share with another one. */
export interface Desk {
  readonly accounts: Accounts;
  readonly tokens: ApiTokens;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
}

/** All processes of a city have its data and its clock; hashes cost next to nothing here. */
export function openCity(): {
  readonly data: MemoryData;
  readonly clock: ManualClock;
  process(draft?: { readonly key?: string; readonly jurisdiction?: string }): Desk;
  createDesk(id: string): Promise<void>;
} {
  const data = openMemory();
  const clock = new ManualClock(monday);
  let count = 0;
  const entropy = { hex: (length: number) => (++count).toString(16).padStart(length * 2, '0') };
  const process = ({ key = 'one key', jurisdiction = 'testville' } = {}): Desk => {
    const ports = { vault: data.vault, clock, entropy, jurisdiction };
    const executor = new Executor(data.store, jurisdiction);
    const accounts = new Accounts(ports, executor);
    const passwords = new Passwords(ports, { log2N: 4, r: 8, p: 1 });
    return {
      accounts,
      passwords,
      tokens: new ApiTokens(ports, executor),
      sessions: new Sessions(key, ports, accounts, executor),
      signIn: new SignIn(ports, accounts, passwords),
    };
  };
  const createDesk = async (id: string): Promise<void> => {
    const { accounts, passwords } = process();
    await accounts.create(id, works, { hash: await passwords.hash(PASSWORD) }, SYSTEM);
  };
  return { data, clock, process, createDesk };
}
