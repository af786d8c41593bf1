import type { Credentials } from '@eventstore/db-client';

export interface Address {
  /** The connection string without user and password: the client prints it where it finds fault with it. */
  readonly connectionString: string;
  /** Passed with every single call. That also keeps appends off the client's shared call, whose failures hit all appends at once. */
  readonly credentials: Credentials;
}

const FORM = /^(esdb(?:\+discover)?:\/\/)(?:([^:@/?]+):([^@/?]+)@)?([^@]+)$/;

/** A server without TLS knows no users, and is never sent these. */
const NOBODY: Credentials = { username: 'nobody', password: 'nothing' };

/** Reads `esdb://user:password@host:2113?tls=true`. Throws an error that repeats nothing of it. */
export function addressOf(connectionString: string, user?: Credentials): Address {
  const [, scheme, username, password, rest] = FORM.exec(connectionString.trim()) ?? [];
  if (scheme === undefined || rest === undefined) {
    throw new Error('The connection string of EventStoreDB has not the form esdb://user:password@host:2113?tls=true, with user and password percent-encoded');
  }
  const named = username !== undefined && password !== undefined ? { username: decodeURIComponent(username), password: decodeURIComponent(password) } : undefined;
  const isInsecure = /[?&]tls=false(&|$)/i.test(rest);
  const credentials = user ?? named ?? (isInsecure ? NOBODY : undefined);
  if (!credentials) throw new Error('The connection string of EventStoreDB names no user, and a server with TLS lets nobody else in');
  return { connectionString: scheme + rest, credentials };
}
