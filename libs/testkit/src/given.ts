import type { Decider } from '@onedoor/kernel';

/**
 * Behaviour as one sentence: `given(submitted()).when(close({ at: monday })).then(closed({ at: monday }))`.
 * What happened is folded, the command is decided once, and the answer is compared exactly: no event more, no field less.
 */
export function given<State, Command, Event>(decider: Decider<State, Command, Event>, ...events: readonly Event[]): Given<Command, Event> {
  const state = events.map(frozen).reduce((before, event) => decider.evolve(before, event), decider.initial);
  return {
    when(command) {
      const decision = decider.decide(frozen(command), state);
      return {
        then(...expected) {
          expect(decision).toStrictEqual({ outcome: 'accepted', events: expected });
          // Whatever is decided can be folded, or the stream could never be read again.
          expected.map(frozen).reduce((before, event) => decider.evolve(before, event), state);
        },
        thenNothing() {
          expect(decision).toStrictEqual({ outcome: 'accepted', events: [] });
        },
        thenRejects(code) {
          // A code says of itself whether it is about what is not there, as the consumer reads it.
          const about = code.endsWith('_UNKNOWN') ? { about: 'absent' } : {};
          expect(decision).toStrictEqual({ outcome: 'rejected', code, detail: expect.stringMatching(/./), ...about });
        },
      };
    },
  };
}

export interface Given<Command, Event> {
  when(command: Command): {
    /** Exactly these events. */
    then(first: Event, ...more: readonly Event[]): void;
    /** A success that needs nothing written: it was already so. */
    thenNothing(): void;
    thenRejects(code: string): void;
  };
}

/** `given` of one decider: the specs of an aggregate then only name what matters. */
export const givenOf =
  <State, Command, Event>(decider: Decider<State, Command, Event>) =>
  (...events: readonly Event[]): Given<Command, Event> =>
    given(decider, ...events);

/** Frozen through and through: a decider that changes what it is given fails. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
