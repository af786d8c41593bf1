import type { Rejection } from '@onedoor/kernel';

/** A city can't be set up as asked, because what its streams hold contradicts it. */
export class SetUpRefused extends Error {
  override readonly name = 'SetUpRefused';

  constructor(what: string, { code, detail }: Rejection) {
    super(`${what}: ${code}: ${detail}`);
  }
}

/**
 * The message where the stored positions turn out not to be positions of the log in EventStoreDB, and the remedy. It names settings, never
 * their values.
 */
export const ANOTHER_LOG =
  'The log at EVENTSTORE_URL is not the one that the views in MONGO_URL were built from (restored from a backup?): ' +
  'stop OneDoor and run `onedoor renew-incarnation --profile distributed`';
