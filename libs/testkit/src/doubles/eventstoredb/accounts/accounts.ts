import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { LogRouter } from '../calls/log-router.js';
import type { FirstUser } from '../log/log.js';
import { objectOf } from '../log/stream.js';

/** A user as the server's HTTP interface shows it. */
export interface Account {
  readonly loginName: string;
  readonly fullName: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
}

interface StoredAccount extends Account {
  readonly salt: string;
  readonly hash: string;
}

/** The accounts that a server creates at its first start. */
export const firstAccounts = (): readonly (FirstUser & Partial<StoredAccount>)[] => [
  { loginName: 'admin', fullName: 'Event Store Administrator', groups: ['$admins'], disabled: false, ...hashed('changeit') },
  { loginName: 'ops', fullName: 'Event Store Operations', groups: ['$ops'], disabled: false, ...hashed('changeit') },
];

/** The users of a server, kept as events of its log, so they persist and replicate with it. Changes throw while no node leads. */
export class Accounts {
  constructor(private readonly router: LogRouter) {}

  find(loginName: string): Account | null {
    return this.#stored(loginName);
  }

  /** The account of an HTTP Basic authorization; null for none, an unknown user, a wrong password or a disabled account. */
  authenticate(authorization: string | undefined): Account | null {
    const [, encoded = ''] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
    const [loginName = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    const account = this.#stored(loginName);
    return account && !account.disabled && account.hash === hashOf(account.salt, rest.join(':')) ? account : null;
  }

  /** False where the user exists already. */
  create({ loginName, fullName, groups, password }: Omit<Account, 'disabled'> & { readonly password: string }): boolean {
    if (this.#stored(loginName)) return false;
    this.#write({ loginName, fullName, groups, disabled: false, ...hashed(password) }, '$UserCreated');
    return true;
  }

  /** False where the user does not exist. */
  change(loginName: string, change: Partial<Omit<Account, 'loginName'>> & { readonly password?: string }): boolean {
    const account = this.#stored(loginName);
    if (!account) return false;
    const { password, ...rest } = change;
    this.#write({ ...account, ...rest, ...(password !== undefined && hashed(password)) }, '$UserUpdated');
    return true;
  }

  /** False where the user does not exist. */
  remove(loginName: string): boolean {
    return this.#stored(loginName) !== null && this.#leaderLog.softDelete(streamOf(loginName), 'any').kind === 'written';
  }

  #stored(loginName: string): StoredAccount | null {
    const last = this.router.log.eventsOf(streamOf(loginName))?.at(-1);
    return last ? ({ groups: [], hash: '', ...objectOf(last.systemData) } as unknown as StoredAccount) : null;
  }

  get #leaderLog() {
    const route = this.router.toWrite(false);
    if ('log' in route) return route.log;
    throw route.error;
  }

  #write(account: StoredAccount, type: string): void {
    const data = Buffer.from(JSON.stringify(account));
    const event = { id: randomUUID(), type, contentType: 'application/json', data, metadata: new Uint8Array() };
    this.#leaderLog.append(streamOf(account.loginName), 'any', [event]);
  }
}

const streamOf = (loginName: string): string => `$user-${loginName}`;

/** A fast hash: these passwords protect a test double only. */
const hashOf = (salt: string, password: string): string => createHash('sha256').update(`${salt}:${password}`).digest('base64');

function hashed(password: string): { readonly salt: string; readonly hash: string } {
  const salt = randomBytes(16).toString('base64');
  return { salt, hash: hashOf(salt, password) };
}
