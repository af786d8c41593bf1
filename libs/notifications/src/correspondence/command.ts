import type { Instant } from '@onedoor/kernel';
import type { FailureKind, News, Reporter, SuppressionReason } from './events.js';

export type CorrespondenceCommand = OpenCorrespondence | Announce | EndWait | ClaimNotification | RecordSent | RecordFailure | Suppress;

interface At {
  readonly at: Instant;
}

/** A request came in whose reporter can be reached: say that it did. */
export interface OpenCorrespondence extends At, Reporter {
  readonly type: 'OpenCorrespondence';
}

export interface Announce extends At {
  readonly type: 'Announce';
  readonly news: News;
}

/** The city waits no longer for the reporter. `dueAt`: by when it is promised as they were told last; null where nothing is. */
export interface EndWait extends At {
  readonly type: 'EndWait';
  readonly round: number;
  readonly dueAt: Instant | null;
}

/** A courier asks for the notification that may be sent at this instant. It has it if, and only if, a claim follows from this command. */
export interface ClaimNotification extends At {
  readonly type: 'ClaimNotification';
}

export interface RecordSent extends At {
  readonly type: 'RecordSent';
  readonly n: number;
  readonly attempt: number;
}

export interface RecordFailure extends At {
  readonly type: 'RecordFailure';
  readonly n: number;
  readonly attempt: number;
  readonly failure: FailureKind;
  /** What the mailer called it; never personal data. */
  readonly code: string;
}

export interface Suppress extends At {
  readonly type: 'Suppress';
  readonly n: number;
  readonly reason: SuppressionReason;
}
