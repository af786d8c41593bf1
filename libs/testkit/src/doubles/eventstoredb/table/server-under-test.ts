import { type AllStreamSubscription, type Credentials, type EventStoreDBClient, jsonEvent, type Position } from '@eventstore/db-client';
import { until } from '../../../until.js';

/** What the table runs on: the double, or a server that is named. A server cannot be emptied, so every name is new in each run. */
export interface ServerUnderTest {
  readonly client: EventStoreDBClient;
  /** May delete streams and change their metadata, where the other may not. */
  readonly admin: EventStoreDBClient;
  /** What an append passes to be a call of its own; an insecure server never sees it. */
  readonly credentials: Credentials;
  close(): Promise<void>;
}

/** Appends so many events, each by an append of its own, and answers where they stand in `$all`. */
export async function appendEach(client: EventStoreDBClient, stream: string, count: number): Promise<readonly Position[]> {
  const positions: Position[] = [];
  while (positions.length < count)
    positions.push((await client.appendToStream(stream, jsonEvent({ type: 'Noted', data: {} }))).position as Position);
  return positions;
}

export type ClientError = Error & { readonly type: string; readonly code?: number };

/** What a subscription tells: `stream@revision` of each event, `caught up`, and how it ended. */
export function follow(subscription: AllStreamSubscription) {
  const told: string[] = [];
  const failed = new Promise<ClientError>((resolve) => subscription.on('error', (error) => resolve(error as ClientError)));
  const ended = new Promise<'end'>((resolve) => subscription.on('end', () => resolve('end')));
  subscription.on('caughtUp', () => told.push('caught up'));
  subscription.on('data', ({ event }) => told.push(`${event?.streamId}@${event?.revision}`));
  return { told, failed, ended, until: (condition: () => boolean) => until(condition), subscription };
}
