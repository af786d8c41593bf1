import { Inject, Injectable } from '@nestjs/common';
import { foldDocument, readReaching, streamOf, type Query } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { SERVICE_REQUEST } from '../aggregates.js';
import { REQUEST_STATUS, type RequestStatus } from './request-status.js';

/**
 * What can be asked about requests. One request is read from its stream, so it shows what was just acknowledged, and never less than
 * its document in the view does: where the log answers less, that is `Unavailable`. Lists come from the view.
 */
@Injectable()
export class RequestQueries {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  async one(reference: Reference): Promise<RequestStatus | null> {
    const [shown] = await this.ports.readModels.get(REQUEST_STATUS.collection, [reference]);
    return foldDocument(REQUEST_STATUS, await readReaching(this.ports, streamOf(SERVICE_REQUEST, reference), shown?.position ?? null));
  }

  async list(query: Query): Promise<readonly RequestStatus[]> {
    const found = await this.ports.readModels.find(REQUEST_STATUS.collection, query);
    return found.map(({ body }) => body as unknown as RequestStatus);
  }
}
