import type { Instant } from '@onedoor/kernel';

/**
 * What one context tells the others: a CloudEvent 1.0 in structured JSON. No personal data in clear; sealed values stay sealed.
 * Additive within a version of its type; a break is a new version beside the old.
 */
export interface PublicEvent<Type extends string = string, Data = unknown> {
  readonly specversion: '1.0';
  /** Hash of the private event's id and the index of this one among those it led to: the same for ever. */
  readonly id: string;
  /** `/onedoor/<context>`. */
  readonly source: string;
  /** `gov.onedoor.<context>.<aggregate>.<fact>.v<n>`. */
  readonly type: Type;
  /** The reference, or `city` for what is about no request: the key that orders messages. */
  readonly subject: string;
  /** When it happened for the city. A consumer's command happens then too, so that a slow bus never moves a promise. */
  readonly time: Instant;
  readonly datacontenttype: 'application/json';
  /** Grows with each event of one subject and source (fixed width, compares as a string): what is not newer has been seen. */
  readonly sequence: string;
  readonly correlationid: string;
  /** The id of the private event behind it. */
  readonly causationid: string;
  readonly jurisdiction: string;
  readonly traceparent?: string;
  readonly data: Data;
}
