import type { AuditedStream } from '@onedoor/audit';
import { foldDocument } from '@onedoor/engine';
import { describeServiceRequest, REQUEST_STATUS } from '@onedoor/intake';
import { describeCorrespondence, PENDING_NOTIFICATIONS, presentCorrespondence } from '@onedoor/notifications';
import { CASE_OVERVIEW, describeCase } from '@onedoor/routing';

/** Each context's streams as the auditor reads them. Sealed text stays sealed: that it exists is all that is shown. */
export const AUDITED_STREAMS: readonly AuditedStream[] = [
  {
    category: 'request',
    shownIn: REQUEST_STATUS.collection,
    describe: describeServiceRequest,
    present: (events) => {
      const status = foldDocument(REQUEST_STATUS, events);
      return status && { ...status, description: status.description === null ? null : 'sealed' };
    },
  },
  { category: 'case', shownIn: CASE_OVERVIEW.collection, describe: describeCase, present: (events) => foldDocument(CASE_OVERVIEW, events) },
  // A reference stands there only as long as something is still to be written about it.
  { category: 'notification', shownIn: PENDING_NOTIFICATIONS.collection, describe: describeCorrespondence, present: presentCorrespondence },
];
