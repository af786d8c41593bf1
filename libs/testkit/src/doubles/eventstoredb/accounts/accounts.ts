import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Standing } from '../calls/standing.js';
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

/** What every server has from its first start on. */
export const firstAccounts = (): readonly (FirstUser & Partial<StoredAccount>)[] => [
  { loginName: 'admin', fullName: 'Event Store Administrator', groups: ['$admins'], disabled: false, ...hidden('changeit') },
  { loginName: 'ops', fullName: 'Event Store Operations', groups: ['$ops'], disabled: false, ...hidden('changeit') },
];

/** The users of a server. They are events of its log, so they come back and get to other nodes with it. Changes throw where no node leads. */
export class Accounts {
  constructor(private readonly standing: Standing) {}

  find(loginName: string): Account | null {
    return this.#stored(loginName);
  }

  /** Whose HTTP Basic authorization it is; null for no known user, a wrong password, a disabled account, and none at all. */
  authenticate(authorization: string | undefined): Account | null {
    const [, encoded = ''] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
    const [loginName = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    const account = this.#stored(loginName);
    return account && !account.disabled && account.hash === hashOf(account.salt, rest.join(':')) ? account : null;
  }

  /** False where there is such a user. */
  create({ loginName, fullName, groups, password }: Omit<Account, 'disabled'> & { readonly password: string }): boolean {
    if (this.#stored(loginName)) return false;
    this.#write({ loginName, fullName, groups, disabled: false, ...hidden(password) }, '$UserCreated');
    return true;
  }

  /** False where there is no such user. */
  change(loginName: string, change: Partial<Omit<Account, 'loginName'>> & { readonly password?: string }): boolean {
    const account = this.#stored(loginName);
    if (!account) return false;
    const { password, ...rest } = change;
    this.#write({ ...account, ...rest, ...(password !== undefined && hidden(password)) }, '$UserUpdated');
    return true;
  }

  /** False where there is no such user. */
  remove(loginName: string): boolean {
    return this.#stored(loginName) !== null && this.#leading.softDelete(streamOf(loginName), 'any').kind === 'written';
  }

  #stored(loginName: string): StoredAccount | null {
    const last = this.standing.log.eventsOf(streamOf(loginName))?.at(-1);
    return last ? ({ groups: [], hash: '', ...objectOf(last.systemData) } as unknown as StoredAccount) : null;
  }

  get #leading() {
    const admission = this.standing.toWrite(false);
    if ('log' in admission) return admission.log;
    throw admission.error;
  }

  #write(account: StoredAccount, type: string): void {
    const data = Buffer.from(JSON.stringify(account));
    const event = { id: randomUUID(), type, contentType: 'application/json', data, metadata: new Uint8Array() };
    this.#leading.append(streamOf(account.loginName), 'any', [event]);
  }
}

const streamOf = (loginName: string): string => `$user-${loginName}`;

/** A quick hash, for passwords that guard nothing but a double. */
const hashOf = (salt: string, password: string): string => createHash('sha256').update(`${salt}:${password}`).digest('base64');

function hidden(password: string): { readonly salt: string; readonly hash: string } {
  const salt = randomBytes(16).toString('base64');
  return { salt, hash: hashOf(salt, password) };
}
