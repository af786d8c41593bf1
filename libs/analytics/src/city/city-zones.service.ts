import { Injectable } from '@nestjs/common';
import { Executor, systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import { CITY_ZONE, CITY_ZONE_ID, type CityZone, type RecordCityZone } from './city-zone.js';

/** The zone of the city's days, as its catalog said. A catalog is opened once, so it is read until it is known. */
@Injectable()
export class CityZones {
  private known: string | null = null;

  constructor(private readonly executor: Executor) {}

  /** Null until the catalog was heard of. */
  readonly zone = async (): Promise<string | null> => {
    this.known ??= (await this.executor.load(CITY_ZONE, CITY_ZONE_ID)).state.zone;
    return this.known;
  };
}

/** What the reaction to the catalog's opening sends. */
export const CITY_ZONE_COMMANDS: CommandSet<CityZone, CityZone, RecordCityZone, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('CITY_UNKNOWN', 'The catalog of the city was not heard of yet'),
  existing: (state) => (state.zone === null ? null : state),
  commands: { record: systemCommand('record', 'RecordCityZone', 'Keep in which zone the days of the city are') },
};
