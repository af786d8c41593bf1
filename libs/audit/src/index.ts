export { ACCESS_LOG } from './access-log/access-log.js';
export { AuditModule } from './audit.module.js';
export type { AuditedStream } from './audited-stream.js';
export { replay, type Replay, type TimelineEntry } from './replay.js';
