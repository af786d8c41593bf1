import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { AccessLog, RecordReading } from '../access-log.js';

/** No route asks for a reading to be recorded: reading a history does. */
export const ACCESS_LOG_COMMANDS: CommandSet<AccessLog, AccessLog, RecordReading, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('READING_UNKNOWN', 'There is no such reading'),
  existing: (state) => state,
  commands: { record: systemCommand('record', 'RecordReading', 'Record that a history was read') },
};
