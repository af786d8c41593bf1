import { isDeepStrictEqual } from 'node:util';
import { jsonEvent, type JSONType, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { Misconfigured, Unavailable } from '@onedoor/engine';
import { addressOf } from './address.js';
import type { Connection } from './connection.js';
import { request, userIn } from './http.js';
import { LogReader } from './log-reader.js';
import { connect } from './open.js';
import type { EventStoreDbOptions } from './options.js';

/** Its members append, read and follow. */
const CITY_GROUP = 'onedoor';
/** Its members read and follow only. */
const AUDITORS_GROUP = 'onedoor-auditors';
const ADMINISTRATORS = '$admins';

interface Account {
  readonly name: string;
  readonly password: string;
}

export interface PrepareOptions {
  /** Its user and password are those of the account that is made. */
  readonly log: EventStoreDbOptions;
  /** Used here, and kept nowhere. */
  readonly administrator: Account;
  /** An account that reads only, where one is wanted. */
  readonly auditor: Account | null;
}

/** What was done, a line each; none where everything was so already. */
export type Prepared = readonly string[];

/**
 * Makes the city's account and gives it what OneDoor does, and no more: it appends, reads and follows, and can neither delete, truncate
 * and tombstone streams nor change their metadata. Doing it twice changes nothing. Throws `Misconfigured`, and has changed nothing, where
 * the address speaks no TLS, for such a server knows no accounts, where the administrator is refused, and where a name is that of an
 * account which is not OneDoor's own.
 */
export async function prepareEventStoreDb({ log, administrator, auditor }: PrepareOptions): Promise<Prepared> {
  const { credentials, isSecure } = addressOf(log.connectionString);
  if (!isSecure)
    throw new Misconfigured('EVENTSTORE_URL speaks no TLS: such a server asks no client who it is, so there is no account to be made');
  if (credentials.username === administrator.name)
    throw new Misconfigured(
      'EVENTSTORE_URL names the administrator: name the account that is to be made for OneDoor, with the password that it is to have',
    );
  const city = { name: credentials.username, password: credentials.password };
  if (auditor?.name === city.name)
    throw new Misconfigured(`EVENTSTORE_URL names ${city.name}, which appends: the auditor needs an account of its own`);
  const { connection } = connect({ ...log, username: administrator.name, password: administrator.password });
  try {
    await checkAdministrator(connection, administrator);
    await checkOwn(connection, city, CITY_GROUP);
    if (auditor !== null) await checkOwn(connection, auditor, AUDITORS_GROUP);
    return [
      ...(await account(connection, log, city, CITY_GROUP)),
      ...(auditor === null ? [] : await account(connection, log, auditor, AUDITORS_GROUP)),
      ...(await readingOfAll(connection)),
      ...(await defaultRights(connection)),
    ];
  } finally {
    await connection.close();
  }
}

async function checkAdministrator(connection: Connection, { name }: Account): Promise<void> {
  const answer = await request(connection, 'GET', '/users/$current').catch((error: unknown) => {
    throw error instanceof Misconfigured
      ? new Misconfigured('EventStoreDB refuses the administrator: there is no such user, or it has another password')
      : error;
  });
  const user = userIn(answer);
  if (user.groups?.includes(ADMINISTRATORS) !== true)
    throw new Misconfigured(`The account ${name} is none of ${ADMINISTRATORS}: an administrator of EventStoreDB is needed, this once`);
}

/** An existing account is used only where it is in no other group: an administrator's would lose its rights and its password. */
async function checkOwn(connection: Connection, { name }: Account, group: string): Promise<void> {
  const others = (userIn(await request(connection, 'GET', pathOf(name))).groups ?? []).filter((known) => known !== group);
  if (others.length > 0)
    throw new Misconfigured(
      `There is an account ${name} in the group ${others.join(', ')}, which is not for OneDoor to change: choose another name`,
    );
}

const pathOf = (name: string) => `/users/${encodeURIComponent(name)}`;

/** Makes the account, or corrects its group, its password and its being disabled. */
async function account(connection: Connection, log: EventStoreDbOptions, { name, password }: Account, group: string): Promise<Prepared> {
  const path = pathOf(name);
  const found = await request(connection, 'GET', path);
  if (found.status === 404) {
    const isMade = await done(connection, 'POST', '/users/', { loginName: name, fullName: name, groups: [group], password });
    // Another administrator made it in this moment: it is corrected where it differs.
    return isMade ? [`the account ${name} was made, in the group ${group}`] : account(connection, log, { name, password }, group);
  }
  const user = userIn(found);
  const lines: string[] = [];
  if (user.groups?.includes(group) !== true) {
    await done(connection, 'PUT', path, { fullName: user.fullName ?? name, groups: [group] });
    lines.push(`the account ${name} is in the group ${group} now`);
  }
  if (user.disabled === true) {
    await done(connection, 'POST', `${path}/command/enable`);
    lines.push(`the account ${name} is enabled again`);
  }
  if (!(await signsIn(log, { name, password }))) {
    await done(connection, 'POST', `${path}/command/reset-password`, { newPassword: password });
    lines.push(`the account ${name} has another password`);
  }
  return lines;
}

async function signsIn(log: EventStoreDbOptions, { name, password }: Account): Promise<boolean> {
  const { connection } = connect({ ...log, username: name, password });
  try {
    return (await request(connection, 'GET', '/users/$current')).status === 200;
  } catch (error) {
    if (error instanceof Misconfigured) return false;
    throw error;
  } finally {
    await connection.close();
  }
}

/** False where what is to be made is there already. */
async function done(connection: Connection, method: 'POST' | 'PUT', path: string, body: object = {}): Promise<boolean> {
  const { status } = await request(connection, method, path, body);
  if (status === 409) return false;
  if (status < 200 || status > 299) throw new Misconfigured(`EventStoreDB refuses ${method} ${path} (${status})`);
  return true;
}

type Roles = string | readonly string[] | undefined;
interface Acl {
  readonly $r?: Roles;
  readonly $w?: Roles;
  readonly $d?: Roles;
  readonly $mr?: Roles;
  readonly $mw?: Roles;
}

/** Lets both groups read and follow all streams; what others may do stays. */
function readingOfAll(connection: Connection): Promise<Prepared> {
  return amend(
    connection,
    '$$$all',
    '$metadata',
    'the log as a whole may be read and followed by the two groups',
    (metadata: { readonly $acl?: Acl }) => ({
      ...metadata,
      $acl: { ...metadata.$acl, $r: withRoles(metadata.$acl?.$r, READERS) },
    }),
  );
}

/**
 * What holds for each stream that has no rights of its own. By default every account may do anything to it; here only administrators may
 * delete it and change its metadata, by which it is truncated. Metadata may be read: it tells a deleted stream from one that never was.
 */
function defaultRights(connection: Connection): Promise<Prepared> {
  return amend(
    connection,
    '$settings',
    'update-default-acl',
    'streams can be appended to by the city, read by both groups, and rewritten by administrators only',
    (settings: { readonly $userStreamAcl?: Acl; readonly $systemStreamAcl?: Acl }) => ({
      ...settings,
      $userStreamAcl: {
        $r: withRoles(settings.$userStreamAcl?.$r, READERS),
        $w: withRoles(settings.$userStreamAcl?.$w, [CITY_GROUP]),
        $d: ADMINISTRATORS,
        $mr: withRoles(settings.$userStreamAcl?.$mr, READERS),
        $mw: ADMINISTRATORS,
      },
      $systemStreamAcl: Object.fromEntries(RIGHTS.map((right) => [right, withoutOurs(settings.$systemStreamAcl?.[right])])),
    }),
  );
}

const READERS = [CITY_GROUP, AUDITORS_GROUP];
/** The role that stands for every account. */
const ALL_ACCOUNTS = '$all';

const RIGHTS = ['$r', '$w', '$d', '$mr', '$mw'] as const;

const rolesOf = (known: Roles): readonly string[] => (known === undefined ? [] : typeof known === 'string' ? [known] : known);

/** Administrators, and the roles named before, without all accounts and these groups: system streams hold the rights themselves. */
function withoutOurs(known: Roles): Roles {
  const others = rolesOf(known).filter((role) => ![ADMINISTRATORS, ALL_ACCOUNTS, ...READERS].includes(role));
  return others.length === 0 ? ADMINISTRATORS : [ADMINISTRATORS, ...others];
}

/** Administrators, these groups, and those that were named before; every account no longer. */
function withRoles(known: Roles, groups: readonly string[]): readonly string[] {
  const before = rolesOf(known);
  return [...new Set([ADMINISTRATORS, ...before.filter((role) => role !== ALL_ACCOUNTS), ...groups])];
}

/** Attempts, each of which another administrator's write may defeat. */
const ROUNDS_MAX = 10;

/** Changes the settings in a stream's last event, unless they are as wanted. What another administrator wrote meanwhile is kept. */
async function amend<Settings extends object>(
  connection: Connection,
  stream: string,
  type: string,
  words: string,
  change: (present: Settings) => object,
): Promise<Prepared> {
  const reader = new LogReader(connection);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const last = await reader.lastOf(stream);
    const present = (last?.data ?? {}) as Settings;
    const wanted = change(present);
    if (isDeepStrictEqual(present, wanted)) return [];
    const expectedRevision = last === null ? NO_STREAM : last.revision;
    // One event id for all attempts, so that the server recognizes a repetition of what was written already.
    const event = jsonEvent({ type, data: wanted as JSONRecord });
    try {
      await connection.attempt(({ client, timeoutMs }) =>
        client.appendToStream(stream, [event], { ...connection.caller, expectedRevision, deadline: timeoutMs }),
      );
      return [words];
    } catch (error) {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
    }
  }
  throw new Unavailable('Others change the rights at EventStoreDB at the same time');
}

type JSONRecord = Record<string, JSONType>;
