import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { deterministicId, Ticker, type DueItem, type Executed } from '@onedoor/engine';
import { LIMITS, type Instant, type Rejection } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import type { CaseState } from './state.js';
import { CaseMessage } from './case-handler.service.js';
import { dueItems } from './due-items.service.js';

/** Makes time pass for cases that nobody touches: the due list, the knock on a case, and the ticker that joins them. */
@Injectable()
export class Clocks {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly commands: CommandBus,
  ) {}

  ticker(): Ticker {
    const { clock, alarm, readModels } = this.ports;
    return new Ticker({
      due: (now, after, limit) => dueItems(readModels, now, after, limit),
      assess: async (item, now) => void (await this.assess(item, now)),
      clock,
      alarm,
    });
  }

  /** How many entries of the due list have come due by now, up to a page of them. */
  async due(): Promise<number> {
    return (await dueItems(this.ports.readModels, this.ports.clock.now(), null, LIMITS.pageRows)).length;
  }

  /** Lets a case state what its clocks did up to an instant, and answers how it stands then. */
  async assess({ id, dueAt }: DueItem, at: Instant, recordedAt: Instant = at): Promise<CaseState> {
    const answer = await this.commands.execute<CaseMessage, Executed<CaseState> | Rejection>(
      new CaseMessage(
        id,
        { type: 'AssessClocks', at },
        {
          commandId: deterministicId('ticker', id, dueAt),
          actor: { role: 'system', id: 'ticker' },
          correlationId: id,
          recordedAt,
        },
      ),
    );
    if (answer.outcome === 'rejected') throw new Error(`${answer.code}: ${answer.detail}`);
    return answer.state;
  }
}
