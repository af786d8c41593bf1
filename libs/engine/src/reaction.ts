import type { PublicEvent } from '@onedoor/contracts';
import type { Actor, Instant, Rejection } from '@onedoor/kernel';
import type { Envelope } from './executor.js';

/** A command that follows from a public event: which aggregate, and what to do there. `at` is added by the consumer. */
export interface Reaction {
  readonly aggregate: string;
  readonly id: string;
  readonly command: { readonly type: string };
}

/**
 * The command of a reaction, whose `at` is still to be added. Each kind by itself: `Omit` over a union would keep only what all kinds
 * share.
 */
export type WithoutAt<Command> = Command extends { readonly at: Instant } ? Omit<Command, 'at'> : never;

/** Pure: the commands of this context that follow from an event of another one. */
export type React = (event: PublicEvent) => readonly Reaction[];

/** Hands a reaction to the context's command handler. */
export type Dispatch = (reaction: Reaction, at: Instant, envelope: Envelope) => Promise<{ readonly outcome: 'done' } | Rejection>;

export const CONSUMER_ACTOR = (group: string): Actor => ({ role: 'system', id: group });
