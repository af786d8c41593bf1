import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { ServiceRequestCommand } from '../command.js';
import type { ServiceRequest, ServiceRequestState } from '../state.js';

type Name = 'submit' | 'record-routing' | 'record-promise' | 'record-pause' | 'record-resume' | 'record-closing' | 'record-reopening';

/** What happens to a request: it is submitted through a channel, and then records what its reporter was told. */
export const REQUEST_COMMANDS: CommandSet<ServiceRequestState, ServiceRequest, ServiceRequestCommand, Name, never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('REQUEST_UNKNOWN', 'There is no request under this reference'),
  existing: (state) => (state.exists ? state : null),
  commands: {
    submit: systemCommand('submit', 'SubmitServiceRequest', 'Take a report in', 'new'),
    'record-routing': systemCommand('record-routing', 'RecordRouting', 'Keep that the reporter was told who answers for it'),
    'record-promise': systemCommand('record-promise', 'RecordPromise', 'Keep what the reporter was promised'),
    'record-pause': systemCommand('record-pause', 'RecordPause', 'Keep that the reporter was told that it stands still'),
    'record-resume': systemCommand('record-resume', 'RecordResume', 'Keep that the case waits no longer'),
    'record-closing': systemCommand('record-closing', 'RecordClosing', 'Keep that the reporter was told of the end'),
    'record-reopening': systemCommand('record-reopening', 'RecordReopening', 'Keep that the reporter was told that it goes on'),
  },
};
