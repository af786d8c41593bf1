import type { Instant } from '@onedoor/kernel';
import type { Submission } from './events.js';

export type ServiceRequestState = NoRequest | ServiceRequest;

export interface NoRequest {
  readonly exists: false;
}

export interface ServiceRequest {
  readonly exists: true;
  readonly submission: Submission;
  readonly submittedAt: Instant;
  readonly status: 'open' | 'closed';
  /** 1 until it is reopened. */
  readonly round: number;
  readonly department: string | null;
  readonly promisedBy: Instant | null;
  /** For what the promise stands still; null while it runs, and where none was made. */
  readonly pausedFor: string | null;
  /** Promises of this round so far: the first is made, each later one is the same promise, moved. */
  readonly promises: number;
  readonly outcome: string | null;
}
