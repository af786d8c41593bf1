import { Injectable } from '@nestjs/common';
import { Executor, systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { reject, rejectAbsent, type Rejection } from '@onedoor/kernel';
import { OFFER, OFFER_ID, type Offer, type RecordOffer } from './offer.js';

/** What the reaction to services that were added sends. */
export const OFFER_COMMANDS: CommandSet<Offer, Offer, RecordOffer, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('OFFER_UNKNOWN', 'The catalog of the city was not heard of yet'),
  existing: (offer) => (offer.size === 0 ? null : offer),
  commands: { record: systemCommand('record', 'RecordOffer', 'Keep which services can be asked for') },
};

/** The services that residents can ask for, read from their stream. */
@Injectable()
export class Offers {
  constructor(private readonly executor: Executor) {}

  /**
   * Refuses what an author says about a service that the catalog does not have. The catalog is another context's: what it was given a
   * moment ago may not have been heard of, and before anything was, nothing is refused.
   */
  async refuseUnknown(field: string, items: readonly { readonly service: string }[]): Promise<Rejection | null> {
    const { state: offer } = await this.executor.load(OFFER, OFFER_ID);
    if (offer.size === 0) return null;
    const place = items.findIndex(({ service }) => !offer.has(service));
    return place < 0 ? null : reject('SERVICE_UNKNOWN', `${field}[${place}].service: the catalog has no such service, or has it only now`);
  }
}
