export type { AuditedStream } from './audited-stream.js';
export { replay, type Replay, type TimelineEntry } from './replay.js';
