export { AUDIT } from './audit.module.js';
export { LOG_RENEWALS, LOG_RENEWALS_ID } from './log/log-renewals.js';
export { AUDITED_STREAMS_OPTION } from './history/read-history.service.js';
export { replay, type AuditedStream, type Replay } from './history/replay.service.js';
