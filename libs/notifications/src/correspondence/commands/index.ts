import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { CorrespondenceCommand } from '../command.js';
import type { Correspondence, CorrespondenceState } from '../state.js';

type Name = 'open' | 'announce' | 'end-wait' | 'claim' | 'record-sent' | 'record-failure' | 'suppress';

/** What happens to the correspondence about one request: news are announced by a consumer, and a courier claims and delivers them. */
export const CORRESPONDENCE_COMMANDS: CommandSet<CorrespondenceState, Correspondence, CorrespondenceCommand, Name, never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('CORRESPONDENCE_UNKNOWN', 'There is no correspondence under this reference'),
  existing: (state) => (state.exists ? state : null),
  commands: {
    open: systemCommand('open', 'OpenCorrespondence', 'Begin to write to a reporter who can be reached'),
    announce: systemCommand('announce', 'Announce', 'Tell the reporter some news'),
    'end-wait': systemCommand('end-wait', 'EndWait', 'Tell of no wait that is over'),
    claim: systemCommand('claim', 'ClaimNotification', 'Take up what may be sent next'),
    'record-sent': systemCommand('record-sent', 'RecordSent', 'Keep that a notification was sent'),
    'record-failure': systemCommand('record-failure', 'RecordFailure', 'Keep that an attempt failed'),
    suppress: systemCommand('suppress', 'Suppress', 'Keep that a notification will not be sent'),
  },
};
