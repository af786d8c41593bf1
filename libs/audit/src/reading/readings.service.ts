import { Inject, Injectable } from '@nestjs/common';
import { readReaching, streamOf } from '@onedoor/engine';
import { assert, type Actor, type Instant, type Reference } from '@onedoor/kernel';
import { CommandGateway, PORTS, type Ports } from '@onedoor/platform';
import { ACCESS_LOG, accessLogId, type HistoryRead } from './access-log.js';
import { ACCESS_LOG_COMMANDS } from './commands/index.js';

export interface Reading {
  readonly at: Instant;
  /** Who, as `role:id`. */
  readonly actor: string;
  readonly asOf: Instant | null;
}

/** Records and lists who read which history. */
@Injectable()
export class Readings {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly gateway: CommandGateway,
  ) {}

  /** Durable when it resolves: a history is answered only after its reading was recorded. */
  async record(reference: Reference, asOf: Instant | null, actor: Actor, traceparent: string | null): Promise<void> {
    const id = accessLogId(reference, this.ports.clock.now());
    const sender = { actor, correlationId: reference, traceparent };
    const outcome = await this.gateway.sendNow(ACCESS_LOG_COMMANDS, id, 'record', { reference, asOf }, sender);
    assert(outcome.outcome === 'done', 'a reading is never refused');
  }

  /** The readings of one month (`YYYY-MM`), oldest first. */
  async ofMonth(reference: Reference, month: string): Promise<readonly Reading[]> {
    const events = await readReaching(this.ports, streamOf(ACCESS_LOG, accessLogId(reference, month)), null);
    return events.map(({ at, data, metadata: { actor } }) => ({
      at,
      actor: `${actor.role}:${actor.id}`,
      asOf: (data as HistoryRead['data']).asOf,
    }));
  }
}
