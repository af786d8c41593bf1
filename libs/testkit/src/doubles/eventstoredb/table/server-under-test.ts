import type { AllStreamSubscription, Credentials, EventStoreDBClient } from '@eventstore/db-client';

/** What the table runs on: the double, or a server that is named. A server cannot be emptied, so every name is new in each run. */
export interface ServerUnderTest {
  readonly client: EventStoreDBClient;
  /** May delete streams and change their metadata, where the other may not. */
  readonly admin: EventStoreDBClient;
  /** What an append passes to be a call of its own; an insecure server never sees it. */
  readonly credentials: Credentials;
  close(): Promise<void>;
}

/** Resolves as soon as the condition holds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
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
