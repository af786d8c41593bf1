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
  /**
   * Set where what the command names is not there. A caller who was told that it is there knows more than the log has told so far,
   * and may ask again; every other refusal stays what it is.
   */
  readonly about?: 'absent';
}

export const accept = <Event>(...events: readonly Event[]): Accepted<Event> => ({ outcome: 'accepted', events });

export const reject = (code: string, detail: string): Rejection => ({ outcome: 'rejected', code, detail });

/** The refusal of a command whose subject is not there. Its code ends in `_UNKNOWN`. */
export const rejectAbsent = (code: `${string}_UNKNOWN`, detail: string): Rejection => ({ ...reject(code, detail), about: 'absent' });
