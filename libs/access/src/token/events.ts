import type { DomainEvent, Instant } from '@onedoor/kernel';
import type { Standing } from '../account/standing.js';

export type ApiTokenEvent = ApiTokenIssued | ApiTokenRevoked;

export type ApiTokenIssued = DomainEvent<'ApiTokenIssued', IssuedToken>;

/** Nothing is let in by it again. */
export type ApiTokenRevoked = DomainEvent<'ApiTokenRevoked', Readonly<Record<never, never>>>;

export interface IssuedToken extends Standing {
  /** Which system carries it, in the administrator's words: never a person's name. */
  readonly label: string;
  /** SHA-256 of the secret, as hex. The secret is 256 bits of chance: nobody guesses it from this, and it needs no slow hash. */
  readonly secretHash: string;
  /** From when it lets nobody in any more; null: until it is revoked. */
  readonly expiresAt: Instant | null;
}
