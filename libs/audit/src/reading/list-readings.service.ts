import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readReaching, streamOf } from '@onedoor/engine';
import type { Instant, Reference } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { ACCESS_LOG, accessLogId, type HistoryRead } from './access-log.js';

/** Asks who read a history in one month (`YYYY-MM`, in UTC); null: the present month. */
export class ListReadings extends Query<ReadingsOfMonth> {
  constructor(
    readonly reference: Reference,
    readonly month: string | null,
  ) {
    super();
  }
}

export interface ReadingsOfMonth {
  readonly month: string;
  /** Oldest first. */
  readonly readings: readonly Reading[];
}

export interface Reading {
  readonly at: Instant;
  /** Who, as `role:id`. */
  readonly actor: string;
  readonly asOf: Instant | null;
}

@QueryHandler(ListReadings)
export class ListReadingsHandler implements IQueryHandler<ListReadings> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'store' | 'clock' | 'alarm'>) {}

  async execute({ reference, month }: ListReadings): Promise<ReadingsOfMonth> {
    const wanted = month ?? this.ports.clock.now().slice(0, 7);
    const events = await readReaching(this.ports, streamOf(ACCESS_LOG, accessLogId(reference, wanted)), null);
    const readings = events.map(({ at, data, metadata: { actor } }) => ({
      at,
      actor: `${actor.role}:${actor.id}`,
      asOf: (data as HistoryRead['data']).asOf,
    }));
    return { month: wanted, readings };
  }
}
