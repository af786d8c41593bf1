import { type Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { serviceError } from '../calls/faults.js';
import type { DoubleLog } from '../log/log.js';
import { objectOf } from '../log/stream.js';
import type { Account, Accounts } from './accounts.js';

export type Right = 'read' | 'write' | 'delete';

/** Decides what the sender of a call may do. Null where it may. */
export interface Guard {
  refusalOf(metadata: Metadata, right: Right, stream: string): ServiceError | null;
}

/** That of a server without users. */
export const OPEN_TO_ALL: Guard = { refusalOf: () => null };

/** The rights of an access control list as it is written. */
type Key = '$r' | '$w' | '$d' | '$mr' | '$mw';
const KEY_OF: Readonly<Record<Right, Key>> = { read: '$r', write: '$w', delete: '$d' };
const METADATA_KEY_OF: Readonly<Record<Right, Key>> = { read: '$mr', write: '$mw', delete: '$mw' };

const ADMINISTRATORS = '$admins';
const EVERY_ACCOUNT = '$all';

/** Rights as the server finds them: a stream's own list, then the default one of its kind, then those that hold without either. */
export class AccountGuard implements Guard {
  constructor(
    private readonly accounts: Accounts,
    private readonly log: () => DoubleLog,
  ) {}

  refusalOf(metadata: Metadata, right: Right, stream: string): ServiceError | null {
    const account = this.accounts.authenticate(metadata.get('authorization')[0]?.toString());
    if (!account) return serviceError(status.UNAUTHENTICATED, null, {}, 'Unauthenticated');
    return this.#may(account, right, stream) ? null : accessDenied();
  }

  #may({ loginName, groups }: Account, right: Right, stream: string): boolean {
    if (groups.includes(ADMINISTRATORS)) return true;
    const isMetadata = stream.startsWith('$$');
    const roles = this.#rolesOf(isMetadata ? stream.slice(2) : stream, (isMetadata ? METADATA_KEY_OF : KEY_OF)[right]);
    return roles.some((role) => role === EVERY_ACCOUNT || role === loginName || groups.includes(role));
  }

  #rolesOf(stream: string, key: Key): readonly string[] {
    const isSystem = stream.startsWith('$');
    const own = listOf(this.#lastOf(`$$${stream}`).$acl, key);
    const settings = this.#lastOf('$settings');
    return (
      own ?? listOf(isSystem ? settings.$systemStreamAcl : settings.$userStreamAcl, key) ?? [isSystem ? ADMINISTRATORS : EVERY_ACCOUNT]
    );
  }

  #lastOf(stream: string): Readonly<Record<string, unknown>> {
    return objectOf(this.log().eventsOf(stream)?.at(-1)?.systemData ?? null);
  }
}

/** Whom a list names for a right: one role, or several; null where it says nothing about it. */
function listOf(acl: unknown, key: Key): readonly string[] | null {
  const roles = typeof acl === 'object' && acl !== null ? (acl as Partial<Record<Key, unknown>>)[key] : undefined;
  if (typeof roles === 'string') return [roles];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : null;
}

const accessDenied = (): ServiceError => serviceError(status.PERMISSION_DENIED, 'access-denied', {}, 'Access Denied');
