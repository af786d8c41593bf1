import { contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { AuditController } from './history/history.http.js';
import { AUDITED_STREAMS_OPTION, ReadHistoryHandler } from './history/read-history.service.js';
import { auditedStreamsOf } from './history/replay.service.js';
import { LOG_RENEWALS_COMMANDS } from './log/commands/index.js';
import { describeRenewal, LOG_RENEWALS } from './log/log-renewals.js';
import { ACCESS_LOG, describeReading } from './reading/access-log.js';
import { ListReadingsHandler, READING_RECORDS, readingRecordsOf } from './reading/list-readings.service.js';
import { ACCESS_LOG_COMMANDS, ReadingRecorder } from './reading/record-reading.service.js';

/**
 * Reads the streams of all contexts, described by each context, and writes only who read them and when the log got another name.
 */
export const AUDIT: Context = defineContext({
  name: 'audit',
  aggregates: [
    contextAggregate({
      of: ACCESS_LOG,
      commands: ACCESS_LOG_COMMANDS,
      idIsReference: false,
      describe: describeReading,
      readingOf: ({ data: { asOf } }) => ({ parts: ['history'], purpose: 'audit', asOf }),
    }),
    contextAggregate({ of: LOG_RENEWALS, commands: LOG_RENEWALS_COMMANDS, idIsReference: false, describe: describeRenewal }),
  ],
  projections: [],
  topics: [],
  consumes: null,
  workers: [],
  readsAll: true,
  vault: {},
  http: [AuditController],
  providers: [ListReadingsHandler, ReadHistoryHandler, ReadingRecorder],
  settings: ({ contexts }) => [
    { provide: AUDITED_STREAMS_OPTION, useValue: auditedStreamsOf(contexts) },
    { provide: READING_RECORDS, useValue: readingRecordsOf(contexts) },
  ],
  exports: [],
});
