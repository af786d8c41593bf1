import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { deterministicId, Ticker, type DueItem, type Executed } from '@onedoor/engine';
import type { Instant, Rejection } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import type { CaseState } from '../domain/case/state.js';
import { CaseMessage } from './case.handler.js';
import { DUE_LIST, type DueListEntry } from './projections/due-list.js';

/** Makes time pass for cases that nobody touches: the due list, the knock on a case, and the ticker that joins them. */
@Injectable()
export class Clocks {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly commands: CommandBus,
  ) {}

  ticker(): Ticker {
    const { clock, alarm } = this.ports;
    return new Ticker({ due: (now, after, limit) => this.due(now, after, limit), assess: (item, now) => this.assess(item, now), clock, alarm });
  }

  async due(now: Instant, after: DueItem | null, limit: number): Promise<readonly DueItem[]> {
    const found = await this.ports.readModels.find(DUE_LIST.collection, {
      where: { nextAt: { to: now } },
      sort: { field: 'nextAt' },
      ...(after && { after: { value: after.dueAt, id: after.id } }),
      limit,
    });
    return found.map(({ id, body }) => ({ id, dueAt: (body as unknown as DueListEntry).nextAt }));
  }

  /** Lets a case state what its clocks did up to an instant. */
  async assess({ id, dueAt }: DueItem, at: Instant, recordedAt: Instant = at): Promise<void> {
    const answer = await this.commands.execute<CaseMessage, Executed<CaseState> | Rejection>(
      new CaseMessage(id, { type: 'AssessClocks', at }, {
        commandId: deterministicId('ticker', id, dueAt),
        actor: { role: 'system', id: 'ticker' },
        correlationId: id,
        recordedAt,
      }),
    );
    if (answer.outcome === 'rejected') throw new Error(`${answer.code}: ${answer.detail}`);
  }
}
