import { type AllStreamSubscription, type Credentials, type EventStoreDBClient, jsonEvent, type Position } from '@eventstore/db-client';

/** Credentials for servers without accounts, which ignore them. With any credentials the client sends an append as a call of its own. */
export const IGNORED_CREDENTIALS: Credentials = { username: 'unknown', password: 'ignored' };

/** The double, or a real server. A server cannot be emptied, so every stream name is new in each run. */
export interface ServerUnderTest {
  readonly client: EventStoreDBClient;
  /** May delete streams and change their metadata, where `client` may not. */
  readonly admin: EventStoreDBClient;
  /** Passed with an append, they make it a call of its own instead of a batch append. */
  readonly credentials: Credentials;
  close(): Promise<void>;
}

/** Appends `count` events, each by an append of its own; returns their positions in `$all`. */
export async function appendEach(client: EventStoreDBClient, stream: string, count: number): Promise<readonly Position[]> {
  const positions: Position[] = [];
  while (positions.length < count)
    positions.push((await client.appendToStream(stream, jsonEvent({ type: 'Noted', data: {} }))).position as Position);
  return positions;
}

export type ClientError = Error & { readonly type: string; readonly code?: number };

/** Records what a subscription delivers: `stream@revision` of each event, `caught up`, and how it ended. */
export function follow(subscription: AllStreamSubscription) {
  const received: string[] = [];
  const failed = new Promise<ClientError>((resolve) => subscription.on('error', (error) => resolve(error as ClientError)));
  const ended = new Promise<'end'>((resolve) => subscription.on('end', () => resolve('end')));
  subscription.on('caughtUp', () => received.push('caught up'));
  subscription.on('data', ({ event }) => received.push(`${event?.streamId}@${event?.revision}`));
  return { received, failed, ended, subscription };
}
