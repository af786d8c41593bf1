import { Injectable } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { SENDER_CITY, SENDER_CITY_ID, type SenderCity } from './sender-city.js';

/** The city that residents are written to by. */
@Injectable()
export class SenderCities {
  constructor(private readonly executor: Executor) {}

  /** Null until its catalog was heard of: until then nothing is sent. */
  async current(): Promise<SenderCity | null> {
    return (await this.executor.load(SENDER_CITY, SENDER_CITY_ID)).state;
  }
}
