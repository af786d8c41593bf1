import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { CityZone, RecordCityZone } from '../city-zone.js';

export const CITY_ZONE_COMMANDS: CommandSet<CityZone, CityZone, RecordCityZone, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('CITY_UNKNOWN', 'The catalog of the city was not heard of yet'),
  existing: (state) => (state.zone === null ? null : state),
  commands: { record: systemCommand('record', 'RecordCityZone', 'Keep in which zone the days of the city are') },
};
