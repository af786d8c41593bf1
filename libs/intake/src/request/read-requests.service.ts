import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { foldDocument, readReaching, streamOf, type Query as DocumentQuery } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { SERVICE_REQUEST } from '../aggregates.js';
import { REQUEST_STATUS, type RequestStatus } from './request-status.js';

/** Asks for the requests under some references, at most a page of them; those that do not exist are left out. */
export class ReadRequests extends Query<readonly RequestStatus[]> {
  constructor(readonly references: readonly Reference[]) {
    super();
  }
}

/**
 * Each is read from its stream: so it shows what was just acknowledged, and never less than its document in the view does. Where the log
 * answers less, that is `Unavailable`.
 */
@QueryHandler(ReadRequests)
export class ReadRequestsHandler implements IQueryHandler<ReadRequests> {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  async execute({ references }: ReadRequests): Promise<readonly RequestStatus[]> {
    const found = await Promise.all(references.map((reference) => this.read(reference)));
    return found.filter((request) => request !== null);
  }

  private async read(reference: Reference): Promise<RequestStatus | null> {
    const [shown] = await this.ports.readModels.get(REQUEST_STATUS.collection, [reference]);
    return foldDocument(REQUEST_STATUS, await readReaching(this.ports, streamOf(SERVICE_REQUEST, reference), shown?.position ?? null));
  }
}

/**
 * Asks for the requests under some references as the view shows them, at most a page of them, in their order; without a read of the log.
 */
export class ReadShownRequests extends Query<readonly RequestStatus[]> {
  constructor(readonly references: readonly Reference[]) {
    super();
  }
}

@QueryHandler(ReadShownRequests)
export class ReadShownRequestsHandler implements IQueryHandler<ReadShownRequests> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  async execute({ references }: ReadShownRequests): Promise<readonly RequestStatus[]> {
    const found = await this.ports.readModels.get(REQUEST_STATUS.collection, references);
    const shown = new Map(found.map(({ id, body }) => [id, body as unknown as RequestStatus]));
    return references.map((reference) => shown.get(reference)).filter((request) => request !== undefined);
  }
}

/** Asks for a page of requests, as the view shows them. */
export class ListRequests extends Query<readonly RequestStatus[]> {
  constructor(readonly wanted: DocumentQuery) {
    super();
  }
}

@QueryHandler(ListRequests)
export class ListRequestsHandler implements IQueryHandler<ListRequests> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  async execute({ wanted }: ListRequests): Promise<readonly RequestStatus[]> {
    const found = await this.ports.readModels.find(REQUEST_STATUS.collection, wanted);
    return found.map(({ body }) => body as unknown as RequestStatus);
  }
}
