import { Injectable, Inject } from '@nestjs/common';
import { Executor, readReaching, streamOf } from '@onedoor/engine';
import type { Actor, Instant, Reference } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { ACCESS_LOG, accessLogId, type HistoryRead } from './access-log.js';

export interface Reading {
  readonly at: Instant;
  /** Who, as `role:id`. */
  readonly actor: string;
  readonly asOf: Instant | null;
}

/** Keeps who read whose history. */
@Injectable()
export class Readings {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly executor: Executor,
  ) {}

  /** Durable when it resolves: what can't be recorded is not to be read. */
  async record(reference: Reference, asOf: Instant | null, actor: Actor, traceparent: string | undefined): Promise<void> {
    const at = this.ports.clock.now();
    const commandId = this.ports.entropy.hex(16);
    await this.executor.execute(
      ACCESS_LOG,
      accessLogId(reference, at),
      { type: 'RecordReading', at, reference, asOf },
      {
        commandId,
        actor,
        correlationId: reference,
        recordedAt: at,
        ...(traceparent !== undefined && { traceparent }),
      },
    );
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
