import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { OverdueCommand, OverdueFlag } from '../overdue-flag.js';

/** What the reaction to routing sends. */
export const OVERDUE_COMMANDS: CommandSet<OverdueFlag, OverdueFlag, OverdueCommand, 'raise' | 'clear', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('OVERDUE_UNKNOWN', 'No promise about this reference was breached'),
  existing: (state) => (state.round === 0 ? null : state),
  commands: {
    raise: systemCommand('raise', 'RaiseOverdue', 'Flag a case whose promise was breached'),
    clear: systemCommand('clear', 'ClearOverdue', 'Take the flag from a case whose work ended'),
  },
};
