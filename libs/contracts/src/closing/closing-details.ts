import type { Reference } from '@onedoor/kernel';
import type { DeclineReason } from '../vocabulary.js';

/** What belongs to an outcome, in public: each is null with other outcomes, and where it was not said, as in imports. */
export interface ClosingDetails {
  /** Of a duplicate: the request that it joins, where everyone may know of that one. */
  readonly joins: Reference | null;
  /** Of a referral: who answers for it. */
  readonly authority: Authority | null;
  /** Of what the city will not do: why. */
  readonly reason: DeclineReason | null;
}

/** An authority outside the city, and how to reach it: a telephone number, an address or a page. */
export interface Authority {
  readonly name: string;
  readonly contact: string;
}

export const NO_DETAILS: ClosingDetails = { joins: null, authority: null, reason: null };
