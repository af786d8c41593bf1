import type { Alarm, Checkpoints, Dependency, ReadModels, Vault } from '@onedoor/engine';

/** All that one MongoDB holds for OneDoor. Several processes may have it open at once. */
export interface MongoData {
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  readonly vault: Vault;
  /** How MongoDB answers, as the calls of this process find it. */
  readonly dependency: Dependency;
  /** Fails every call that is under way with `Unavailable`, then closes every connection: 2 s at most. Doing it twice is fine. */
  close(): Promise<void>;
}

export interface MongoOptions {
  /**
   * A connection string. It may hold a password, so it never appears in an error or an alarm. Options by which an acknowledged
   * write could be lost, or an old answer be given, are refused by name, as `Misconfigured`.
   */
  readonly url: string;
  /**
   * The one that the connection string names when absent, else `onedoor`. It holds the views and the checkpoints; the vault is in
   * `<database>_vault`, so that dropping the views never costs a key.
   */
  readonly database?: string;
  /** Documents that one command writes at most. */
  readonly batchSize?: number;
  /** How long to look for a server that takes writes before calling it unavailable, in milliseconds. */
  readonly selectionTimeoutMs?: number;
  /** Called when MongoDB does not answer, and when it answers again. */
  readonly alarm?: Alarm;
}

/**
 * Connects to MongoDB, and throws `Unavailable` when no server that takes writes is found in time.
 * The driver is loaded here and not before: an embedded OneDoor never pays for it.
 */
export async function openMongo(options: MongoOptions): Promise<MongoData> {
  const { openDatabase } = await import('./database.js');
  return openDatabase(options);
}
