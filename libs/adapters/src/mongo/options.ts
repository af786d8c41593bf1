import type { Alarm, Checkpoints, ReadModels, Vault } from '@onedoor/engine';

/** Everything that one MongoDB holds for OneDoor. Several processes may have it open at once. */
export interface MongoData {
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  readonly vault: Vault;
  /** Closes every connection. Doing it twice is fine. */
  close(): Promise<void>;
}

export interface MongoOptions {
  /** A connection string. It may hold a password, so it never appears in an error or an alarm. */
  readonly url: string;
  /** The one that the connection string names when absent, else `onedoor`. It holds the views and the checkpoints; the vault is in `<database>_vault`, so that dropping the views never costs a key. */
  readonly database?: string;
  /** Documents that one command writes at most. */
  readonly batchSize?: number;
  /** How long to look for a server that takes writes before calling it unavailable, in milliseconds. */
  readonly selectionTimeoutMs?: number;
  /** Hears when the connection is lost, and when it is back. */
  readonly alarm?: Alarm;
}
