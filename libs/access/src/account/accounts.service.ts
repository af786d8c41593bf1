import { Inject, Injectable } from '@nestjs/common';
import { Executor, streamOf, type Sealed } from '@onedoor/engine';
import { reject, type Actor, type Instant, type Rejection } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { isAccountId, type AccountId } from './account-id.js';
import type { AccountCommand } from './command.js';
import type { Account } from './decider.js';
import type { StoredPassword } from './events.js';
import type { Standing } from './standing.js';
import { ACCOUNT } from '../aggregates.js';
import { envelopeOf } from '../envelope-of.service.js';

/** A password on its way into an account. */
export interface NewPassword {
  /** As `Passwords` makes it. */
  readonly hash: string;
  /** Only for a demo: whether everybody may know the password. */
  readonly isPublished?: boolean;
}

type WithoutAt<Command> = Command extends { readonly at: Instant } ? Omit<Command, 'at'> : never;

/** The accounts as their streams say, never a view that may lag behind: who was locked out a moment ago stays out. */
@Injectable()
export class Accounts {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'vault' | 'clock' | 'entropy'>,
    private readonly executor: Executor,
  ) {}

  /** Null where there is no such account. */
  async one(id: AccountId): Promise<Account | null> {
    if (!isAccountId(id)) return null;
    const { state } = await this.executor.load(ACCOUNT, id);
    return state.exists ? state : null;
  }

  /** The hash of an account's password; null where none stands. */
  async passwordHash(id: AccountId, { password }: Account): Promise<string | null> {
    return password && this.ports.vault.unseal(keyOf(id), password.hash, 'sign_in');
  }

  async create(id: AccountId, standing: Standing, password: NewPassword, actor: Actor): Promise<Rejection | null> {
    return this.change(id, { type: 'CreateAccount', standing, password: await this.seal(id, password) }, actor);
  }

  async setPassword(id: AccountId, password: NewPassword, actor: Actor): Promise<Rejection | null> {
    return this.change(id, { type: 'SetPassword', password: await this.seal(id, password) }, actor);
  }

  grantRole(id: AccountId, standing: Standing, actor: Actor): Promise<Rejection | null> {
    return this.change(id, { type: 'GrantRole', standing }, actor);
  }

  disable(id: AccountId, actor: Actor): Promise<Rejection | null> {
    return this.change(id, { type: 'DisableAccount' }, actor);
  }

  private async seal(id: AccountId, { hash, isPublished = false }: NewPassword): Promise<StoredPassword> {
    const sealed: Sealed = await this.ports.vault.seal(keyOf(id), hash);
    return { hash: sealed, isPublished };
  }

  private async change(id: AccountId, command: WithoutAt<AccountCommand>, actor: Actor): Promise<Rejection | null> {
    if (!isAccountId(id)) return reject('ACCOUNT_UNKNOWN', 'There is no such account');
    const envelope = envelopeOf(streamOf(ACCOUNT, id), actor, this.ports);
    const answer = await this.executor.execute(ACCOUNT, id, { ...command, at: envelope.recordedAt } as AccountCommand, envelope);
    return answer.outcome === 'rejected' ? answer : null;
  }
}

/** The vault keeps a key for each reference of a request; an account's has a prefix that no reference can have. */
const keyOf = (id: AccountId): string => `account-${id}`;
