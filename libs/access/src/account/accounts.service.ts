import { Inject, Injectable } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { PORTS, type Ports } from '@onedoor/platform';
import { ACCOUNT } from '../aggregates.js';
import type { Account } from './account.js';
import { isAccountId, vaultKeyOf, type AccountId } from './credentials.js';

/** The accounts, folded from their streams: a view that lags would let in an account that was disabled a moment ago. */
@Injectable()
export class Accounts {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'vault'>,
    private readonly executor: Executor,
  ) {}

  /** Null where there is no such account. */
  async one(id: AccountId): Promise<Account | null> {
    if (!isAccountId(id)) return null;
    const { state } = await this.executor.load(ACCOUNT, id);
    return state.exists ? state : null;
  }

  /** The hash of an account's password; null where it has none. */
  async passwordHash(id: AccountId, { password }: Account): Promise<string | null> {
    return password && this.ports.vault.unseal(vaultKeyOf(id), password.hash, 'sign_in');
  }
}
