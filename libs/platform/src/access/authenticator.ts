import type { Actor, Principal } from '@onedoor/kernel';
import { RequestProblem } from '../http/problem.js';

/** Finds the principal behind the credentials of a request. */
export interface Authenticator {
  /** Null where the credentials are missing, wrong, expired or revoked: the answer does not tell which. */
  authenticate(credentials: Credentials): Promise<Principal | null>;
}

export interface Credentials {
  /** The value of `Authorization: Bearer …`: a session's token or an API token. */
  readonly bearer: string | null;
}

/** Injection token. */
export const AUTHENTICATOR = Symbol('onedoor.authenticator');

/** The bearer token of `Authorization` (RFC 6750, 2.1); null where there is none, or where OneDoor issues none of its form and length. */
export function bearerOf(headers: { readonly authorization?: string | undefined }): string | null {
  return /^Bearer +([\x21-\x7e]{1,2000})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** The actor that a principal's events name. */
export const actorOf = ({ id, kind }: Principal): Actor => ({ role: kind === 'token' ? 'integrator' : 'staff', id });

/** Throws a 403 where a department asks for what is another one's. Every other role may, where the route admits it. */
export function refuseOtherDepartment({ role, department }: Principal, wanted: string): void {
  if (role === 'department' && department !== wanted)
    throw new RequestProblem(403, ['This is for another department'], { code: 'DEPARTMENT_OF_OTHERS' });
}
