export { AUDIT } from './audit.module.js';
export { LOG_RENEWALS, LOG_RENEWALS_ID } from './log/log-renewals.js';
export { readingRecordsOf } from './reading/list-readings.service.js';
export { auditedStreamsOf, replay, type AuditedStream, type Replay } from './history/replay.service.js';
export { cityZone } from './history/local-time.service.js';
