import { request } from 'node:https';
import { type Credentials, type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';

export const ADMINISTRATOR: Credentials = { username: 'admin', password: 'changeit' };

interface HttpTarget {
  readonly port: number;
  /** The authority's certificate in PEM. */
  readonly authority: string;
}

export interface HttpAnswer {
  readonly status: number | undefined;
  /** Parsed; null where there is none. */
  readonly body: unknown;
}

/** Calls a double's HTTP interface, as the administrator unless another user is given. */
export function callHttp(target: HttpTarget, method: string, path: string, body?: object, caller = ADMINISTRATOR): Promise<HttpAnswer> {
  const { port, authority } = target;
  const auth = `${caller.username}:${caller.password}`;
  return new Promise((resolve, reject) => {
    const call = request({ host: 'localhost', port, method, path, ca: authority, auth, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode, body: text === '' ? null : JSON.parse(text) }));
    });
    call.on('error', reject).end(body && JSON.stringify(body));
  });
}

const ADMINISTRATORS = '$admins';
const SYSTEM_RIGHTS = { $r: ADMINISTRATORS, $w: ADMINISTRATORS, $d: ADMINISTRATORS, $mr: ADMINISTRATORS, $mw: ADMINISTRATORS };

/** Creates an account that may append, read and subscribe only; all other accounts but administrators lose every right. */
export async function createLeastPrivilegeAccount(
  client: EventStoreDBClient,
  target: HttpTarget,
  { username, password }: Credentials,
): Promise<void> {
  const readers = [ADMINISTRATORS, username];
  await callHttp(target, 'POST', '/users/', { loginName: username, fullName: '', groups: [username], password });
  await client.setStreamMetadata('$all', { acl: { readRoles: readers } }, { credentials: ADMINISTRATOR });
  const rights = { $userStreamAcl: { ...SYSTEM_RIGHTS, $r: readers, $w: readers }, $systemStreamAcl: SYSTEM_RIGHTS };
  await client.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: rights }), { credentials: ADMINISTRATOR });
}
