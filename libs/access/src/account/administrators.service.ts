import { Inject, Injectable } from '@nestjs/common';
import { ConcurrencyConflict, Executor } from '@onedoor/engine';
import { LIMITS, type Principal, type Rejection } from '@onedoor/kernel';
import { actorOf, CommandGateway, PORTS, type Ports } from '@onedoor/platform';
import { ROSTER } from '../aggregates.js';
import { ROSTER_COMMANDS } from '../roster/commands/index.js';
import { ROSTER_ID } from '../roster/roster.js';
import { ACCOUNT_LIST } from './account-list.js';
import { Accounts } from './accounts.service.js';
import type { AccountId } from './credentials.js';

const SYSTEM = { role: 'system', id: 'access' } as const;

/** Makes sure that the city keeps an administrator, whoever removes whom at the same time. */
@Injectable()
export class Administrators {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>,
    private readonly executor: Executor,
    private readonly gateway: CommandGateway,
    private readonly accounts: Accounts,
  ) {}

  /** Counts an account among them, before it becomes one. */
  async add(account: AccountId, by: Principal | null): Promise<void> {
    await this.send('add', { account }, by);
  }

  /** Counts an account no more among them, before it is demoted or disabled. The refusal where it is the last one; else null. */
  async remove(account: AccountId, by: Principal | null): Promise<Rejection | null> {
    for (let attempt = 0; attempt < LIMITS.commandAttempts; attempt++) {
      const { added, changes } = (await this.executor.load(ROSTER, ROSTER_ID)).state;
      const outcome = await this.send('remove', { account, administrators: await this.confirmed(added), changes }, by);
      if (outcome === null || outcome.code !== 'ROSTER_CHANGED') return outcome;
    }
    throw new ConcurrencyConflict('The roster of administrators was changed by others many times in a row');
  }

  /** Those on the roster, and those of the list, who were made before there was a roster: each confirmed by its own stream. */
  private async confirmed(added: ReadonlySet<AccountId>): Promise<readonly AccountId[]> {
    const query = { where: { role: 'administrator' }, sort: { field: 'id' }, limit: LIMITS.pageRows };
    const listed = await this.ports.readModels.find(ACCOUNT_LIST.collection, query);
    const ids = [...new Set([...added, ...listed.map(({ id }) => id)])];
    const found = await Promise.all(ids.map((id) => this.accounts.one(id)));
    return ids.filter((_, index) => found[index]?.isDisabled === false && found[index]?.assignment.role === 'administrator');
  }

  private async send(name: 'add' | 'remove', body: object, by: Principal | null): Promise<Rejection | null> {
    const actor = by === null ? SYSTEM : actorOf(by);
    const outcome = await this.gateway.sendNow(ROSTER_COMMANDS, ROSTER_ID, name, body, { actor });
    return outcome.outcome === 'rejected' ? outcome : null;
  }
}
