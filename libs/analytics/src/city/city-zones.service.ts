import { Injectable } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { CITY_ZONE, CITY_ZONE_ID } from './city-zone.js';

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
