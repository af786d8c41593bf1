export { ACCESS_LOG } from './reading/access-log.js';
export { AuditModule } from './audit.module.js';
export type { AuditedStream } from './history/audited-stream.js';
export { replay, type Replay, type TimelineEntry } from './history/replay.service.js';
