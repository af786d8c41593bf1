import { CATALOG_OPENED, type CatalogEvent } from '@onedoor/contracts';
import type { Aggregate, React, Reaction } from '@onedoor/engine';
import { accept, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

/** As whom, and in whose time, residents are written to. */
export interface SenderCity {
  readonly name: string;
  /** IANA zone in which dates are told. */
  readonly zone: string;
}

/** The catalog of the city said what it is called and in which zone its days are. */
export type SenderCityRecorded = DomainEvent<'SenderCityRecorded', SenderCity>;

export interface RecordSenderCity extends SenderCity {
  readonly type: 'RecordSenderCity';
  readonly at: Instant;
}

/** What notifications know of the city: stream `sendercity-city`. Null until its catalog was heard of. */
export const SENDER_CITY: Aggregate<SenderCity | null, RecordSenderCity, SenderCityRecorded> = {
  category: 'sendercity',
  shapes: { SenderCityRecorded: { v: 1 } },
  decider: {
    initial: null,
    decide({ at, name, zone }, known) {
      if (known !== null && known.name === name && known.zone === zone) return accept();
      return accept<SenderCityRecorded>({ type: 'SenderCityRecorded', at, data: { name, zone } });
    },
    evolve: (_known, { data }) => data,
  } satisfies Decider<SenderCity | null, RecordSenderCity, SenderCityRecorded>,
};

export const SENDER_CITY_ID = 'city';

/** What the catalog says of the city is kept, for the messages to come. */
export const reactToCatalog: React = (event) => {
  const { type, data } = event as CatalogEvent;
  if (type !== CATALOG_OPENED) return [];
  const command: Omit<RecordSenderCity, 'at'> = { type: 'RecordSenderCity', name: data.city, zone: data.zone };
  return [{ aggregate: SENDER_CITY.category, id: SENDER_CITY_ID, command } satisfies Reaction];
};
