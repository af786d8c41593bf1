import { accept, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

export interface EndSession {
  readonly type: 'EndSession';
  readonly at: Instant;
  readonly account: string;
  /** When it would have ended by itself. */
  readonly expiresAt: Instant;
}

/** Somebody signed out before the session's time was over. */
export type SessionEvent = DomainEvent<'SessionEnded', { readonly account: string; readonly expiresAt: Instant }>;

export interface SessionState {
  readonly isEnded: boolean;
}

export const SESSION_SHAPES = { SessionEnded: { v: 1 } } as const;

/**
 * One session: stream `session-<id>`. It exists only once it was ended early. That it began is said by its signed token; a stream
 * of its own, and not a fact of the account, so that one person of a shared desk signs out without the others.
 */
export const sessionDecider: Decider<SessionState, EndSession, SessionEvent> = {
  initial: { isEnded: false },
  decide({ at, account, expiresAt }, state) {
    return state.isEnded ? accept() : accept<SessionEvent>({ type: 'SessionEnded', at, data: { account, expiresAt } });
  },
  evolve: () => ({ isEnded: true }),
};
