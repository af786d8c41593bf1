import type { DomainEvent, Instant } from '@onedoor/kernel';
import { assignmentWords, type RoleAssignment } from '../account/role-assignment.js';

export type ApiTokenEvent = ApiTokenIssued | ApiTokenRevoked;

export type ApiTokenIssued = DomainEvent<'ApiTokenIssued', IssuedToken>;

/** The token is refused from now on. */
export type ApiTokenRevoked = DomainEvent<'ApiTokenRevoked', Readonly<Record<never, never>>>;

export interface IssuedToken extends RoleAssignment {
  /** Which system carries it, in the administrator's words: never a person's name. */
  readonly label: string;
  /** SHA-256 of the secret, as hex. The secret is 256 random bits: it can't be found from this by trying, so it needs no slow hash. */
  readonly secretHash: string;
  /** From when it is refused; null: until it is revoked. */
  readonly expiresAt: Instant | null;
}

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const API_TOKEN_SHAPES: Readonly<Record<ApiTokenEvent['type'], { readonly v: number }>> = {
  ApiTokenIssued: { v: 1 },
  ApiTokenRevoked: { v: 1 },
};

/** One sentence for an event, for people who read its history. */
export function describeApiToken({ type, data }: ApiTokenEvent): string {
  if (type === 'ApiTokenRevoked') return 'Token revoked';
  return `Token issued to ${data.label}, as ${assignmentWords(data)}${data.expiresAt === null ? '' : `, until ${data.expiresAt}`}`;
}
