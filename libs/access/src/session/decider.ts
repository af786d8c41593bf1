import { accept, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

export interface EndSession {
  readonly type: 'EndSession';
  readonly at: Instant;
  readonly account: string;
  /** When it would have expired. */
  readonly expiresAt: Instant;
}

/** The account signed out before the session expired. */
export type SessionEvent = DomainEvent<'SessionEnded', { readonly account: string; readonly expiresAt: Instant }>;

export interface SessionState {
  readonly isEnded: boolean;
}

export const SESSION_SHAPES = { SessionEnded: { v: 1 } } as const;

/**
 * One session: stream `session-<id>`, which begins when the session is ended early. That a session began is known from its signed
 * token. A stream of its own, and not an event of the account, so that one person of a shared desk signs out without the others.
 */
export const sessionDecider: Decider<SessionState, EndSession, SessionEvent> = {
  initial: { isEnded: false },
  decide({ at, account, expiresAt }, state) {
    return state.isEnded ? accept() : accept<SessionEvent>({ type: 'SessionEnded', at, data: { account, expiresAt } });
  },
  evolve: () => ({ isEnded: true }),
};

/** One sentence for an event, for people who read its history. */
export const describeSession = ({ data: { account } }: SessionEvent): string => `${account} signed out`;
