import { Injectable } from '@nestjs/common';
import { Executor, systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import { SENDER_CITY, SENDER_CITY_ID, type RecordSenderCity, type SenderCity } from './sender-city.js';

/** The city that residents are written to by. */
@Injectable()
export class SenderCities {
  constructor(private readonly executor: Executor) {}

  /** Null until its catalog was heard of: until then nothing is sent. */
  async current(): Promise<SenderCity | null> {
    return (await this.executor.load(SENDER_CITY, SENDER_CITY_ID)).state;
  }
}

/** What the reaction to the catalog's opening sends. */
export const SENDER_CITY_COMMANDS: CommandSet<SenderCity | null, SenderCity, RecordSenderCity, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('CITY_UNKNOWN', 'The catalog of the city was not heard of yet'),
  existing: (state) => state,
  commands: { record: systemCommand('record', 'RecordSenderCity', 'Keep what the catalog says of the city') },
};
