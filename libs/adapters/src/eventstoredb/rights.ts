import { AccessDenied, type Attempt, type Connection } from './connection.js';
import { request, userIn } from './http.js';

/** A revision that no stream reaches: the server refuses a change that expects it. */
const NEVER = 9_007_199_254_740_991n;

/** What the account that OneDoor signs in with can do beyond what it needs. */
export interface Rights {
  /** Null where the server asks no client who it is. */
  readonly account: string | null;
  readonly isAdministrator: boolean;
  /** Of truncating and deleting streams: what it can do, none where it is as it should be. */
  readonly canRewriteBy: readonly ('metadata' | 'deletion' | 'tombstone')[];
}

/**
 * Asks the server, without changing anything: each way of rewriting a stream is tried at a revision that the stream does not have, and
 * the server looks at the rights first.
 */
export async function rightsOf(connection: Connection, stream: string): Promise<Rights> {
  const { loginName = null, groups = [] } = connection.address.isSecure ? userIn(await request(connection, 'GET', '/users/$current')) : {};
  const ways = await Promise.all([
    allows(connection, 'metadata', ({ client, options }) => client.setStreamMetadata(stream, {}, options)),
    allows(connection, 'deletion', ({ client, options }) => client.deleteStream(stream, options)),
    allows(connection, 'tombstone', ({ client, options }) => client.tombstoneStream(stream, options)),
  ]);
  return { account: loginName, isAdministrator: groups.includes('$admins'), canRewriteBy: ways.flatMap((way) => way ?? []) };
}

type Way = Rights['canRewriteBy'][number];

interface Trial {
  readonly client: Attempt['client'];
  readonly options: Connection['caller'] & { readonly expectedRevision: bigint; readonly deadline: number };
}

async function allows(connection: Connection, way: Way, tryIt: (trial: Trial) => Promise<unknown>): Promise<Way | null> {
  try {
    await connection.attempt(({ client, timeoutMs }) =>
      tryIt({ client, options: { ...connection.caller, expectedRevision: NEVER, deadline: timeoutMs } }),
    );
    return way;
  } catch (error) {
    if (error instanceof AccessDenied) return null;
    // It was refused for the revision only.
    if (
      (error as { readonly type?: unknown }).type === 'wrong-expected-version' ||
      (error as { readonly type?: unknown }).type === 'stream-deleted'
    )
      return way;
    throw error;
  }
}
