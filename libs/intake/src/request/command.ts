import type { ClosingDetails } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import type { PausedBy, Submission } from './events.js';

export type ServiceRequestCommand =
  SubmitServiceRequest | RecordRouting | RecordPromise | RecordPause | RecordResume | RecordClosing | RecordReopening;

interface At {
  readonly at: Instant;
}

export interface SubmitServiceRequest extends At {
  readonly type: 'SubmitServiceRequest';
  readonly submission: Submission;
}

/** What the case says, as the resident is told it. An older round than the request's is already so. */
export interface RecordRouting extends At {
  readonly type: 'RecordRouting';
  readonly round: number;
  readonly department: string | null;
}

export interface RecordPromise extends At {
  readonly type: 'RecordPromise';
  readonly round: number;
  readonly dueAt: Instant;
}

export interface RecordPause extends At {
  readonly type: 'RecordPause';
  readonly round: number;
  readonly reason: string;
  readonly by: PausedBy;
}

/** The case waits no longer. */
export interface RecordResume extends At {
  readonly type: 'RecordResume';
  readonly round: number;
}

export interface RecordClosing extends At {
  readonly type: 'RecordClosing';
  readonly round: number;
  readonly outcome: string;
  readonly details: ClosingDetails;
}

export interface RecordReopening extends At {
  readonly type: 'RecordReopening';
  readonly round: number;
}
