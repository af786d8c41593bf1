import type { Credentials } from '@eventstore/db-client';
import { Misconfigured } from '@onedoor/engine';

export interface Endpoint {
  /** A name or an IP address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** The name that its certificate must hold, where `host` is an address that a name led to. */
  readonly certifiedName?: string;
}

export interface Address {
  /** At least one. */
  readonly seeds: readonly Endpoint[];
  /** The seeds are asked which node leads; otherwise the only seed is the server. */
  readonly isCluster: boolean;
  readonly isSecure: boolean;
  /** Passed with every single call. That also keeps appends off the client's shared call, whose failures hit all appends at once. */
  readonly credentials: Credentials;
  readonly options: AddressOptions;
}

/** The options behind the `?`. Times are milliseconds here, also those that the address gives in seconds. */
interface AddressOptions {
  readonly tlsCAFile?: string;
  readonly userCertFile?: string;
  readonly userKeyFile?: string;
  readonly connectionName?: string;
  readonly deadlineMs?: number;
  /** Between two searches for the leader. */
  readonly discoveryIntervalMs?: number;
  readonly gossipTimeoutMs?: number;
  readonly keepAliveIntervalMs?: number;
  readonly keepAliveTimeoutMs?: number;
}

const FORM = /^(esdb(?:\+discover)?):\/\/(?:([^:@/?]+):([^@/?]+)@)?([^@/?]+)\/*(?:\?([^@?]*))?$/;
const HOST = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/i;
const DEFAULT_PORT = 2113;
const SEEDS_MAX = 32;
const KEEP_ALIVE_LEAST_MS = 1_000;
/** A call is given up after twelve seconds in any case, so more would have no effect. */
const CALL_SECONDS_MAX = 12;
/** A leader that is found only after a longer pause is found too late for the calls that wait for it. */
const DISCOVERY_INTERVAL_MAX_MS = 2_000;

/** A server without TLS knows no users, and is never sent these. */
const ANONYMOUS: Credentials = { username: 'nobody', password: 'nothing' };

/**
 * Reads `esdb://user:password@host:2113?tls=true`, with several hosts or `esdb+discover://` for a cluster. Throws `Misconfigured`
 * for what it cannot honour, and repeats neither user nor password.
 */
export function addressOf(connectionString: string, user?: Credentials): Address {
  const [, scheme, username, password, hosts, query] = FORM.exec(connectionString.trim()) ?? [];
  if (scheme === undefined || hosts === undefined) {
    throw refused('has not the form esdb://user:password@host:2113?tls=true, with user and password percent-encoded');
  }
  const seeds = hosts.split(',').map(endpointOf);
  if (seeds.length > SEEDS_MAX) throw refused(`names more than ${SEEDS_MAX} hosts`);
  const given = optionsOf(query ?? '');
  const isSecure = given['tls'] !== 'false';
  const named =
    username !== undefined && password !== undefined
      ? { username: decoded('user', username), password: decoded('password', password) }
      : undefined;
  const credentials = user ?? named ?? (isSecure ? undefined : ANONYMOUS);
  if (!credentials) throw refused('names no user, which a server with TLS requires');
  if ((given['userCertFile'] === undefined) !== (given['userKeyFile'] === undefined))
    throw refused('must name userCertFile and userKeyFile together');
  return { seeds, isCluster: scheme === 'esdb+discover' || seeds.length > 1, isSecure, credentials, options: settingsOf(given) };
}

function endpointOf(text: string): Endpoint {
  const [, ipv6, name, port] = HOST.exec(text) ?? [];
  const host = ipv6 ?? name;
  const number = Number(port ?? DEFAULT_PORT);
  if (host === undefined || number < 1 || number > 65_535) throw refused('must name each host as host:port');
  return { host, port: number };
}

type Rule = (value: string) => string | null;

const oneOf =
  (...allowed: readonly string[]): Rule =>
  (value) =>
    allowed.includes(value) ? null : `must be ${allowed.join(' or ')}`;
const whole =
  (least: number, most = 999_999_999): Rule =>
  (value) =>
    /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most ? null : `must be a whole number from ${least} to ${most}`;
/** Pings that are too frequent, or whose answers must come at once, would break the connection that they are to keep. */
const keepAlive: Rule = (value) =>
  value === '-1' || whole(KEEP_ALIVE_LEAST_MS)(value) === null
    ? null
    : `must be -1 for none, or a whole number of at least ${KEEP_ALIVE_LEAST_MS}`;
const text: Rule = (value) => (value === '' ? 'must not be empty' : null);

/** Every option there is, with what it may be. Those with one value only are kept for addresses that spell the default out. */
const OPTIONS: Readonly<Record<string, Rule>> = {
  tls: oneOf('true', 'false'),
  tlsCAFile: text,
  tlsVerifyCert: (value) => (value === 'true' ? null : 'must be true: a certificate is always verified; name its authority by tlsCAFile'),
  userCertFile: text,
  userKeyFile: text,
  connectionName: text,
  nodePreference: (value) =>
    value.toLowerCase() === 'leader' ? null : 'must be leader: OneDoor reads what it has just written, and only the leader surely has it',
  throwOnAppendFailure: oneOf('true'),
  defaultDeadline: whole(100, CALL_SECONDS_MAX * 1_000),
  discoveryInterval: whole(1, DISCOVERY_INTERVAL_MAX_MS),
  gossipTimeout: whole(1, CALL_SECONDS_MAX),
  maxDiscoverAttempts: () => 'changes nothing here: a call looks for the leader for twelve seconds',
  keepAliveInterval: keepAlive,
  keepAliveTimeout: keepAlive,
};
const NAMES = new Map(Object.keys(OPTIONS).map((name) => [name.toLowerCase(), name]));

function optionsOf(query: string): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const part of query.split('&').filter((each) => each !== '')) {
    const [key = '', ...rest] = part.split('=');
    const name = NAMES.get(key.trim().toLowerCase().replaceAll(/[_-]/g, ''));
    if (name === undefined) throw refused(`has an unknown option ${shown(key)}: there are ${Object.keys(OPTIONS).join(', ')}`);
    const value = decoded(name, rest.join('=').trim());
    const complaint = OPTIONS[name]?.(value) ?? null;
    if (given[name] !== undefined) throw refused(`has the option ${name} twice`);
    if (complaint !== null) throw refused(`has an option ${name} that ${complaint}`);
    given[name] = value;
  }
  return given;
}

function settingsOf(given: Readonly<Record<string, string>>): AddressOptions {
  const words = {
    tlsCAFile: given['tlsCAFile'],
    userCertFile: given['userCertFile'],
    userKeyFile: given['userKeyFile'],
    connectionName: given['connectionName'],
  };
  const times = {
    deadlineMs: given['defaultDeadline'],
    discoveryIntervalMs: given['discoveryInterval'],
    gossipTimeoutMs: given['gossipTimeout'] && `${given['gossipTimeout']}000`,
    keepAliveIntervalMs: given['keepAliveInterval'],
    keepAliveTimeoutMs: given['keepAliveTimeout'],
  };
  const numbers = Object.entries(times).map(([name, value]) => [name, value === undefined ? undefined : Number(value)] as const);
  return Object.fromEntries([...Object.entries(words), ...numbers].filter(([, value]) => value !== undefined));
}

function decoded(name: string, encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw refused(`must have its ${name} percent-encoded`);
  }
}

/** A name as it was written, unless it may be something else, as a part of a password. */
const shown = (key: string): string => (/^[\w.-]{1,40}$/.test(key) ? JSON.stringify(key) : 'whose name is no word');

const refused = (why: string): Misconfigured => new Misconfigured(`The connection string of EventStoreDB ${why}`);

/** As in an address: `host:2113`, `[::1]:2113`. */
export const textOf = ({ host, port }: Endpoint): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** User and password as HTTP's basic scheme writes them (RFC 7617). Only ever sent over TLS. */
export const basicOf = ({ username, password }: Credentials): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
