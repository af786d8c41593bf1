import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { LogRenewals, RecordRenewal } from '../log-renewals.js';

/** No route renews the log: it is done while no process has it open. */
export const LOG_RENEWALS_COMMANDS: CommandSet<LogRenewals, LogRenewals, RecordRenewal, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('RENEWAL_UNKNOWN', 'The log was never renewed'),
  existing: (state) => state,
  commands: { record: systemCommand('record', 'RecordRenewal', 'Record that the log got another name') },
};
