import { Inject, Injectable } from '@nestjs/common';
import { deterministicId, Executor, Ticker, type DueItem, type ReadModels } from '@onedoor/engine';
import { LIMITS, type Actor, type Instant, type Reference } from '@onedoor/kernel';
import { CommandGateway, PORTS, type Ports, type Worker } from '@onedoor/platform';
import { CASE } from '../aggregates.js';
import { CASE_COMMANDS } from './commands/index.js';
import { DUE_LIST, type DueListEntry } from './due-list.js';
import type { CaseState } from './state.js';

/** Who states what a clock did by itself. */
export const CLOCKS: Actor = { role: 'system', id: 'ticker' };

/** Makes time pass for cases without commands: the ticker walks the due list, and each case on it states what its clocks did. */
@Injectable()
export class Clocks {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock' | 'alarm' | 'readModels'>,
    private readonly gateway: CommandGateway,
    private readonly executor: Executor,
  ) {}

  worker(): Worker {
    const ticker = this.ticker();
    return { name: 'ticker', kind: 'ticker', run: (run) => ticker.run(run), due: () => this.due() };
  }

  ticker(): Ticker {
    const { clock, alarm, readModels } = this.ports;
    return new Ticker({
      due: (now, after, limit) => dueItems(readModels, now, after, limit),
      assess: async (item, now) => void (await this.assess(item, now)),
      clock,
      alarm,
    });
  }

  /** How a case stands before anything is assessed; from the cache of the commands that were executed on it. */
  async stateOf(reference: Reference): Promise<CaseState> {
    return (await this.executor.load(CASE, reference)).state;
  }

  /** Lets a case state what its clocks did up to an instant, and answers how it stands then. */
  async assess({ id, dueAt }: DueItem, at: Instant, recordedAt: Instant = at): Promise<CaseState> {
    const commandId = deterministicId('ticker', id, dueAt);
    const envelope = { commandId, actor: CLOCKS, correlationId: id, recordedAt } as const;
    const outcome = await this.gateway.send(CASE_COMMANDS, id, 'assess', {}, at, envelope);
    if (outcome.outcome !== 'done')
      throw new Error(outcome.outcome === 'rejected' ? `${outcome.code}: ${outcome.detail}` : outcome.outcome);
    return outcome.state;
  }

  /** How many entries of the due list have come due by now, up to a page of them. */
  private async due(): Promise<number> {
    return (await dueItems(this.ports.readModels, this.ports.clock.now(), null, LIMITS.pageRows)).length;
  }
}

/** The next entries of the due list that have come due, behind one of them; by its index, however many promises run. */
export async function dueItems(readModels: ReadModels, now: Instant, after: DueItem | null, limit: number): Promise<readonly DueItem[]> {
  const found = await readModels.find(DUE_LIST.collection, {
    where: { nextAt: { to: now } },
    sort: { field: 'nextAt' },
    ...(after && { after: { value: after.dueAt, id: after.id } }),
    limit,
  });
  return found.map(({ id, body }) => ({ id, dueAt: (body as unknown as DueListEntry).nextAt }));
}
