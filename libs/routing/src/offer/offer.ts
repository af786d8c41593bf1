import { CATALOG_SERVICES_ADDED, CITY_SUBJECT, type CatalogEvent } from '@onedoor/contracts';
import type { Aggregate, React, Reaction } from '@onedoor/engine';
import { accept, counted, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

/** The codes of the services that residents can ask for, as far as the catalog has told; empty until it has. */
export type Offer = ReadonlySet<string>;

export type ServicesOffered = DomainEvent<'ServicesOffered', { readonly services: readonly string[] }>;

/** Keeps which services the catalog says are there. A service is never taken away. */
export interface RecordOffer {
  readonly type: 'RecordOffer';
  readonly at: Instant;
  readonly services: readonly string[];
}

/**
 * What routing knows of the catalog: stream `offer-city`. Targets and rules for a service that is not there are refused to their author.
 */
export const OFFER: Aggregate<Offer, RecordOffer, ServicesOffered> = {
  category: 'offer',
  shapes: { ServicesOffered: { v: 1 } },
  decider: {
    initial: new Set(),
    decide({ at, services }, known) {
      const added = services.filter((code) => !known.has(code));
      return added.length === 0 ? accept() : accept<ServicesOffered>({ type: 'ServicesOffered', at, data: { services: added } });
    },
    evolve: (known, { data }) => new Set([...known, ...data.services]),
  } satisfies Decider<Offer, RecordOffer, ServicesOffered>,
};

export const OFFER_ID = CITY_SUBJECT;

export const describeOffer = ({ data: { services } }: ServicesOffered): string => `${counted(services.length, 'service')} can be asked for`;

/** What the catalog says of its services is kept. */
export const reactToCatalog: React = (event) => {
  const { type, data } = event as CatalogEvent;
  if (type !== CATALOG_SERVICES_ADDED) return [];
  const command: Omit<RecordOffer, 'at'> = { type: 'RecordOffer', services: data.services.map(({ code }) => code) };
  return [{ aggregate: OFFER.category, id: OFFER_ID, command } satisfies Reaction];
};
