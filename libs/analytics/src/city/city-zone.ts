import { CATALOG_OPENED, type CatalogEvent } from '@onedoor/contracts';
import type { Aggregate, React, Reaction } from '@onedoor/engine';
import { accept, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

/** The IANA zone of the city's days; null until its catalog was heard of. */
export interface CityZone {
  readonly zone: string | null;
}

/** The catalog of the city said in which zone its days are: the dates of all figures are dates there. */
export type CityZoneRecorded = DomainEvent<'CityZoneRecorded', { readonly zone: string }>;

export interface RecordCityZone {
  readonly type: 'RecordCityZone';
  readonly at: Instant;
  readonly zone: string;
}

/** What figures know of the city: stream `cityzone-city`. */
export const CITY_ZONE: Aggregate<CityZone, RecordCityZone, CityZoneRecorded> = {
  category: 'cityzone',
  shapes: { CityZoneRecorded: { v: 1 } },
  decider: {
    initial: { zone: null },
    decide: ({ at, zone }, known) =>
      known.zone === zone ? accept() : accept<CityZoneRecorded>({ type: 'CityZoneRecorded', at, data: { zone } }),
    evolve: (_known, { data }) => data,
  } satisfies Decider<CityZone, RecordCityZone, CityZoneRecorded>,
};

export const CITY_ZONE_ID = 'city';

/** What the catalog says of the city's days is kept, for the facts to come. */
export const reactToCatalog: React = (event) => {
  const { type, data } = event as CatalogEvent;
  if (type !== CATALOG_OPENED) return [];
  const command: Omit<RecordCityZone, 'at'> = { type: 'RecordCityZone', zone: data.zone };
  return [{ aggregate: CITY_ZONE.category, id: CITY_ZONE_ID, command } satisfies Reaction];
};
