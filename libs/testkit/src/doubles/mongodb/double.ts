import type { Document } from './document.js';
import type { MongoFaults } from './faults.js';

export interface MongoDoubleOptions {
  /** A free one when absent. */
  readonly port?: number;
  /** Called with every command as it was received, except those of the handshake. */
  readonly onCommand?: (command: Document) => void;
}

/** An in-memory server with the part of MongoDB's protocol that plain indexed queries need; a replica set of one member. */
export interface MongoDouble {
  readonly url: string;
  readonly port: number;
  readonly faults: MongoFaults;
  /** Ends every connection that is open now. */
  disconnect(): void;
  /** Ends every connection and refuses new ones; documents stay. */
  stop(): Promise<void>;
  /** Accepts connections again, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}
