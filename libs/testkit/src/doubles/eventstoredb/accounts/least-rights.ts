import { type Credentials, type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { ADMINISTRATOR, callHttp, type HttpTarget } from './call-http.js';

const ADMINISTRATORS = '$admins';
const SYSTEM_RIGHTS = { $r: ADMINISTRATORS, $w: ADMINISTRATORS, $d: ADMINISTRATORS, $mr: ADMINISTRATORS, $mw: ADMINISTRATORS };

/** Makes an account that appends, reads and follows, and can do nothing else; every other account, administrators aside, can do nothing. */
export async function makeLeastAccount(client: EventStoreDBClient, target: HttpTarget, { username, password }: Credentials): Promise<void> {
  const readers = [ADMINISTRATORS, username];
  await callHttp(target, 'POST', '/users/', { loginName: username, fullName: '', groups: [username], password });
  await client.setStreamMetadata('$all', { acl: { readRoles: readers } }, { credentials: ADMINISTRATOR });
  const rights = { $userStreamAcl: { ...SYSTEM_RIGHTS, $r: readers, $w: readers }, $systemStreamAcl: SYSTEM_RIGHTS };
  await client.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: rights }), { credentials: ADMINISTRATOR });
}
