import { Inject, Injectable } from '@nestjs/common';
import { foldDocument, streamOf, type Query } from '@onedoor/engine';
import { LIMITS, type Reference } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { SERVICE_REQUEST } from './aggregates.js';
import { REQUEST_STATUS, type RequestStatus } from './projections/request-status.js';

/** What can be asked about requests. One request is read from its stream, so it shows what was just acknowledged; lists come from the view. */
@Injectable()
export class RequestQueries {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  async one(reference: Reference): Promise<RequestStatus | null> {
    const events = await this.ports.store.read(streamOf(SERVICE_REQUEST, reference), 0, LIMITS.eventsPerStream);
    return foldDocument(REQUEST_STATUS, events);
  }

  async list(query: Query): Promise<readonly RequestStatus[]> {
    const found = await this.ports.readModels.find(REQUEST_STATUS.collection, query);
    return found.map(({ body }) => body as unknown as RequestStatus);
  }
}
