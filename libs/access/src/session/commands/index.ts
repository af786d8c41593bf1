import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { EndSession, SessionState } from '../decider.js';

/** Signing out names no session in its path: the token that asks does. So its route is no command's, and it sends this one. */
export const SESSION_COMMANDS: CommandSet<SessionState, SessionState, EndSession, 'end', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('SESSION_UNKNOWN', 'There is no such session'),
  existing: (state) => state,
  commands: { end: systemCommand('end', 'EndSession', 'End a session before it expires') },
};
