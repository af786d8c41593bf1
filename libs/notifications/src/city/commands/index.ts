import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { RecordSenderCity, SenderCity } from '../sender-city.js';

export const SENDER_CITY_COMMANDS: CommandSet<SenderCity | null, SenderCity, RecordSenderCity, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('CITY_UNKNOWN', 'The catalog of the city was not heard of yet'),
  existing: (state) => state,
  commands: { record: systemCommand('record', 'RecordSenderCity', 'Keep what the catalog says of the city') },
};
