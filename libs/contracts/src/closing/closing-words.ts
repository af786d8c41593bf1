import type { Reference } from '@onedoor/kernel';
import type { DeclineReason, Outcome } from '../vocabulary.js';
import type { Authority } from './closing-details.js';

/** What closings are called and say in one language: what is missing does not compile. */
export interface ClosingWords {
  readonly outcomes: { readonly [Each in Outcome]: OutcomeWords };
  /** For a code that is not known. */
  readonly other: OutcomeWords;
  readonly reasons: { readonly [Each in DeclineReason]: string };
}

/** One outcome in words: nothing says that work was done but where it was. */
export interface OutcomeWords {
  /** Of a message, behind the request's reference and a colon: "fixed". */
  readonly subject: string;
  /** What happened and, where there is something, what follows; `known` has what belongs to the outcome. */
  sentence(known: KnownDetails): string;
}

/** The details, ready to stand in a sentence. */
export interface KnownDetails {
  /** As people read it: `3D7-K2F9-QXM4`. */
  readonly joins: Reference | null;
  readonly authority: Authority | null;
  /** In words. */
  readonly reason: string | null;
}
