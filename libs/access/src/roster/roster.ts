import { accept, reject, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

export type RosterCommand = AddAdministrator | RemoveAdministrator;

export interface AddAdministrator {
  readonly type: 'AddAdministrator';
  readonly at: Instant;
  readonly account: string;
}

export interface RemoveAdministrator {
  readonly type: 'RemoveAdministrator';
  readonly at: Instant;
  readonly account: string;
  /** The accounts that are administrators now, as their own streams say. */
  readonly administrators: readonly string[];
  /** How many changes of the roster were seen when that was found out. */
  readonly changes: number;
}

export type RosterEvent = AdministratorAdded | AdministratorRemoved;

/** The account is about to become an administrator. */
export type AdministratorAdded = DomainEvent<'AdministratorAdded', { readonly account: string }>;

/** The account is about to be disabled or given another role; it counts as no administrator from now on. */
export type AdministratorRemoved = DomainEvent<'AdministratorRemoved', { readonly account: string }>;

export interface RosterState {
  /** Accounts that were added and not removed since. Those that were made before there was a roster are in neither set. */
  readonly added: ReadonlySet<string>;
  /** Accounts that were removed and not added again: their own stream may still say otherwise for a moment. */
  readonly removed: ReadonlySet<string>;
  readonly changes: number;
}

export const ROSTER_SHAPES = { AdministratorAdded: { v: 1 }, AdministratorRemoved: { v: 1 } } as const;

/** The one roster of the city. */
export const ROSTER_ID = 'administrators';

/**
 * Who is taken from the administrators: stream `roster-administrators`. It is one stream for all of them, so that of two administrators
 * who disable each other at the same time one is refused: each account has a stream of its own, which knows of no other.
 */
export const rosterDecider: Decider<RosterState, RosterCommand, RosterEvent> = {
  initial: { added: new Set(), removed: new Set(), changes: 0 },
  decide(command, { added, removed, changes }) {
    const { at, account } = command;
    if (command.type === 'AddAdministrator')
      return added.has(account) ? accept() : accept<RosterEvent>({ type: 'AdministratorAdded', at, data: { account } });
    if (removed.has(account)) return accept();
    if (command.changes !== changes) return reject('ROSTER_CHANGED', 'Another administrator was added or removed meanwhile');
    const isLast = !command.administrators.some((other) => other !== account && !removed.has(other));
    if (isLast) return LAST_ADMINISTRATOR;
    return accept<RosterEvent>({ type: 'AdministratorRemoved', at, data: { account } });
  },
  evolve({ added, removed, changes }, { type, data: { account } }) {
    const isAdded = type === 'AdministratorAdded';
    return {
      added: isAdded ? new Set([...added, account]) : new Set([...added].filter((other) => other !== account)),
      removed: isAdded ? new Set([...removed].filter((other) => other !== account)) : new Set([...removed, account]),
      changes: changes + 1,
    };
  },
};

const LAST_ADMINISTRATOR = reject(
  'LAST_ADMINISTRATOR',
  'This is the last administrator, without whom no account could be made or mended: make another one first',
);

/** One sentence for an event, for people who read its history. */
export const describeRoster = ({ type, data: { account } }: RosterEvent): string =>
  type === 'AdministratorAdded' ? `${account} joins the administrators` : `${account} leaves the administrators`;
