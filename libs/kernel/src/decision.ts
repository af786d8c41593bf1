/** The answer of a decider: the facts that follow from a command, or one reason why it is refused. */
export type Decision<Event> = Accepted<Event> | Rejection;

/** No events means "already so": a success that needs nothing written. */
export interface Accepted<Event> {
  readonly outcome: 'accepted';
  readonly events: readonly Event[];
}

/** A refusal is a value. `code` is stable and UPPER_CASE: clients may branch on it; `detail` is for people and holds no personal data. */
export interface Rejection {
  readonly outcome: 'rejected';
  readonly code: string;
  readonly detail: string;
}

export const accept = <Event>(...events: readonly Event[]): Accepted<Event> => ({ outcome: 'accepted', events });

export const reject = (code: string, detail: string): Rejection => ({ outcome: 'rejected', code, detail });
