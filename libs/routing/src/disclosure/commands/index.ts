import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { Disclosed, RecordDisclosure } from '../disclosure.js';

export const DISCLOSURE_COMMANDS: CommandSet<Disclosed, Disclosed, RecordDisclosure, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('DISCLOSURE_UNKNOWN', 'Nothing was disclosed'),
  existing: (state) => state,
  commands: { record: systemCommand('record', 'RecordDisclosure', 'Record that an employee is shown what is sealed') },
};
