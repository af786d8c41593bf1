import type { AuditedStream } from '@onedoor/audit';
import { foldDocument } from '@onedoor/engine';
import { describeServiceRequest, REQUEST_STATUS } from '@onedoor/intake';
import { describeCorrespondence, presentCorrespondence } from '@onedoor/notifications';
import { CASE_OVERVIEW, describeCase } from '@onedoor/routing';

/** Each context's streams as the auditor reads them. Sealed text stays sealed: that it exists is all that is shown. */
export const AUDITED_STREAMS: readonly AuditedStream[] = [
  {
    category: 'request',
    describe: describeServiceRequest,
    present: (events) => {
      const status = foldDocument(REQUEST_STATUS, events);
      return status && { ...status, description: status.description === null ? null : 'sealed' };
    },
  },
  { category: 'case', describe: describeCase, present: (events) => foldDocument(CASE_OVERVIEW, events) },
  { category: 'notification', describe: describeCorrespondence, present: presentCorrespondence },
];
