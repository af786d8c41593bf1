import type { Document } from './document.js';
import type { MongoFaults } from './faults.js';

export interface MongoDoubleOptions {
  /** A free one when absent. */
  readonly port?: number;
  /** Hears every command as it came over the wire, but for those of the handshake. */
  readonly onCommand?: (command: Document) => void;
}

/** A server in memory that speaks as much of MongoDB's protocol as plain indexed queries need: a replica set of one member. */
export interface MongoDouble {
  readonly url: string;
  readonly port: number;
  readonly faults: MongoFaults;
  /** Ends every connection that is open now. */
  disconnect(): void;
  /** Ends every connection and takes none any more; documents stay. */
  stop(): Promise<void>;
  /** Takes connections again, on the same port. */
  start(): Promise<void>;
  /** For good. */
  close(): Promise<void>;
}
