import { idOf, accept, reject, type Actor, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';
import { deterministicId, type Aggregate, type Envelope, type Projection } from '../src/index.js';

/** The smallest aggregate that can add, be sealed and refuse: what the machinery's specs run. */
export type TallyCommand = { readonly at: Instant } & (
  { readonly type: 'Add'; readonly amount: number } | { readonly type: 'Seal' } | { readonly type: 'Unseal' }
);

type TallyEvent = DomainEvent<'Added', { readonly amount: number }> | DomainEvent<'Sealed', object> | DomainEvent<'Unsealed', object>;

export interface Tally {
  readonly total: number;
  readonly isSealed: boolean;
}

const tallyDecider: Decider<Tally, TallyCommand, TallyEvent> = {
  initial: { total: 0, isSealed: false },
  decide(command, { isSealed }) {
    const { at } = command;
    if (command.type === 'Seal') return isSealed ? accept() : accept<TallyEvent>({ type: 'Sealed', at, data: {} });
    if (command.type === 'Unseal') return isSealed ? accept<TallyEvent>({ type: 'Unsealed', at, data: {} }) : accept();
    if (isSealed) return reject('TALLY_SEALED', 'A sealed tally takes nothing more');
    return command.amount === 0 ? accept() : accept<TallyEvent>({ type: 'Added', at, data: { amount: command.amount } });
  },
  evolve(state, event) {
    return event.type === 'Added' ? { ...state, total: state.total + event.data.amount } : { ...state, isSealed: event.type === 'Sealed' };
  },
};

export const TALLY: Aggregate<Tally, TallyCommand, TallyEvent> = {
  category: 'tally',
  decider: tallyDecider,
  shapes: { Added: { v: 1 }, Sealed: { v: 1 }, Unsealed: { v: 1 } },
};

export const noon: Instant = '2026-03-02T12:00:00.000Z';
export const oneOClock: Instant = '2026-03-02T13:00:00.000Z';

export const add = (amount: number, at: Instant = noon): TallyCommand => ({ type: 'Add', at, amount });
export const seal = (at: Instant = noon): TallyCommand => ({ type: 'Seal', at });
export const unseal = (at: Instant = noon): TallyCommand => ({ type: 'Unseal', at });

const CLERK: Actor = { role: 'staff', id: 'clerk' };
let commands = 0;

/** A command of its own, unless it is named: then it is a retry. */
export const envelope = (commandId = deterministicId('command', String((commands += 1))), draft: Partial<Envelope> = {}): Envelope => ({
  commandId,
  actor: CLERK,
  correlationId: 'a-story',
  recordedAt: oneOClock,
  ...draft,
});

export interface TallyDocument {
  readonly total: number;
  readonly additions: number;
}

/** A page handled twice would count twice. An amount of 13 throws. */
export const TALLIES: Projection<TallyDocument, TallyEvent> = {
  collection: { name: 'tallies', version: 1, indexes: [['total']] },
  categories: ['tally'],
  shapes: TALLY.shapes,
  handles: ['Added'],
  keys: ({ stream }) => [idOf(stream)],
  evolve(document, event) {
    if (event.type !== 'Added') return document;
    if (event.data.amount === 13) throw new Error('Thirteen is refused');
    const { total, additions } = document ?? { total: 0, additions: 0 };
    return { total: total + event.data.amount, additions: additions + 1 };
  },
};

/** Up to the present end of the log, and no further. */
export const once = { signal: new AbortController().signal, untilCaughtUp: true } as const;
