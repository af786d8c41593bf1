import type { Decider } from '@onedoor/kernel';

/**
 * Behaviour as one sentence: `given(submitted()).when(close({ at: monday })).then(closed({ at: monday }))`.
 * The events are folded, the command is decided once, and the decision is compared exactly: no event more, no field less.
 */
export function given<State, Command, Event>(decider: Decider<State, Command, Event>, ...events: readonly Event[]): Given<Command, Event> {
  const state = events.map(frozen).reduce((before, event) => decider.evolve(before, event), decider.initial);
  return {
    when(command) {
      const decision = decider.decide(frozen(command), state);
      return {
        then(...expected) {
          expect(decision).toStrictEqual({ outcome: 'accepted', events: expected });
          // Every decided event must fold, or the stream could never be read again.
          expected.map(frozen).reduce((before, event) => decider.evolve(before, event), state);
        },
        thenNothing() {
          expect(decision).toStrictEqual({ outcome: 'accepted', events: [] });
        },
        thenRejects(code, saying = /./) {
          // The suffix of a code says whether its subject is absent, as the consumer reads it.
          const about = code.endsWith('_UNKNOWN') ? { about: 'absent' } : {};
          expect(decision).toStrictEqual({ outcome: 'rejected', code, detail: expect.stringMatching(saying), ...about });
        },
      };
    },
  };
}

export interface Given<Command, Event> {
  when(command: Command): {
    /** Exactly these events. */
    then(first: Event, ...more: readonly Event[]): void;
    /** A success without events: the state is already as commanded. */
    thenNothing(): void;
    /** By this code, and in words that match where a pattern is given. */
    thenRejects(code: string, saying?: RegExp): void;
  };
}

/** `given` bound to one decider. */
export const givenOf =
  <State, Command, Event>(decider: Decider<State, Command, Event>) =>
  (...events: readonly Event[]): Given<Command, Event> =>
    given(decider, ...events);

/** Freezes a value deeply, so that a decider that mutates its input fails. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
