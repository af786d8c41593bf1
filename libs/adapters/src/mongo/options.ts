import type { Alarm } from '@onedoor/engine';

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
