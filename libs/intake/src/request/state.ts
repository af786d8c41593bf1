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
  /** For what it stands still as the resident was told; null while it goes on. */
  readonly pausedFor: string | null;
  /** Whether the case says so: then a promise that moves meanwhile does not end it. */
  readonly isWaiting: boolean;
  /** Promises of this round so far: the first is made, each later one is the same promise, moved. */
  readonly promises: number;
  readonly outcome: string | null;
}
