import { inspectMongo, renewEventStoreDbIncarnation, voidMongoViews, type VoidedCollection } from '@onedoor/adapters';
import { Unavailable } from '@onedoor/engine';
import type { Config } from '@onedoor/platform';

export interface RenewedEngines {
  /** What every position of the log begins with from now on. */
  readonly incarnation: string;
  /** What was removed from MongoDB. */
  readonly voided: readonly VoidedCollection[];
}

/**
 * Makes all positions of the log so far void, and removes from MongoDB what was built up to them; the vault stays. The last step of
 * restoring EventStoreDB, while no process has the engines open. Throws `Unavailable`, with nothing changed, where one of the two does
 * not answer.
 *
 * The log is renewed first. If the process is killed after that, every checkpoint that is left is void, and OneDoor refuses to start and
 * says to renew. In the other order a start in between could go on from an old checkpoint over views that are gone. Doing it again
 * renews once more and removes what is left.
 */
export async function renewEngines({ EVENTSTORE_URL, MONGO_URL }: Config): Promise<RenewedEngines> {
  // Asked first: with a renewed log and a MongoDB that is away, OneDoor would not start until this was done again.
  const { error } = await inspectMongo({ url: MONGO_URL }, []);
  if (error !== null) throw new Unavailable(`MONGO_URL: ${error}; nothing was changed`);
  const incarnation = await renewEventStoreDbIncarnation({ connectionString: EVENTSTORE_URL });
  return { incarnation, voided: await voidMongoViews({ url: MONGO_URL }) };
}
