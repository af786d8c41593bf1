import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { RosterCommand, RosterState } from '../roster.js';

/** What the commands of an account send, before they make or unmake an administrator. */
export const ROSTER_COMMANDS: CommandSet<RosterState, RosterState, RosterCommand, 'add' | 'remove', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('ROSTER_UNKNOWN', 'There is no roster'),
  existing: (state) => state,
  commands: {
    add: systemCommand('add', 'AddAdministrator', 'Count an account among the administrators'),
    remove: systemCommand('remove', 'RemoveAdministrator', 'Count an account no more among the administrators'),
  },
};
