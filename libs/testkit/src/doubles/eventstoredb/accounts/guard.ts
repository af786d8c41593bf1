import { type Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { serviceError } from '../calls/faults.js';
import type { DoubleLog } from '../log/log.js';
import { objectOf } from '../log/stream.js';
import type { Account, Accounts } from './accounts.js';

type Right = 'read' | 'write' | 'delete';

export interface Guard {
  /** Null where the account in the call's metadata has the right. */
  refusalOf(metadata: Metadata, right: Right, stream: string): ServiceError | null;
}

/** The guard of a server without accounts. */
export const OPEN_TO_ALL: Guard = { refusalOf: () => null };

/** The keys of an access control list in stream metadata. */
type Key = '$r' | '$w' | '$d' | '$mr' | '$mw';
const KEY_OF: Readonly<Record<Right, Key>> = { read: '$r', write: '$w', delete: '$d' };
const METADATA_KEY_OF: Readonly<Record<Right, Key>> = { read: '$mr', write: '$mw', delete: '$mw' };

const ADMINISTRATORS = '$admins';
const EVERY_ACCOUNT = '$all';

/** Looks a right up as the server does: in the stream's own list, then in the default list of its kind, then in the built-in rule. */
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

/** The roles that a list gives a right to; null where it does not mention the right. */
function listOf(acl: unknown, key: Key): readonly string[] | null {
  const roles = typeof acl === 'object' && acl !== null ? (acl as Partial<Record<Key, unknown>>)[key] : undefined;
  if (typeof roles === 'string') return [roles];
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : null;
}

const accessDenied = (): ServiceError => serviceError(status.PERMISSION_DENIED, 'access-denied', {}, 'Access Denied');
