import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Instant, Reference } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { replay, type AuditedStream, type Replay } from './replay.service.js';

/** Asks for a request's history as it was known at an instant; null: all of it. The answer is null where there is no such request. */
export class ReadHistory extends Query<Replay | null> {
  constructor(
    readonly reference: Reference,
    readonly asOf: Instant | null,
  ) {
    super();
  }
}

/** Injection token of the streams that histories are made of, each described by its context. */
export const AUDITED_STREAMS_OPTION = Symbol('audit.streams');

@QueryHandler(ReadHistory)
export class ReadHistoryHandler implements IQueryHandler<ReadHistory> {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(AUDITED_STREAMS_OPTION) private readonly streams: readonly AuditedStream[],
  ) {}

  execute({ reference, asOf }: ReadHistory): Promise<Replay | null> {
    return replay(this.ports, this.streams, reference, asOf);
  }
}
