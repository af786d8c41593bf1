import type { Clock } from '@onedoor/sla';

/** What a department agreed to for a service, ready to be frozen into the events that start clocks. */
export interface Terms {
  readonly agreementVersion: number;
  /** The clock that answers for the target, started when the promise (or the leg) starts. */
  readonly clock: Clock;
}

/** Where a case goes and what is owed there; worked out by the handler before the decider is asked. */
export interface Placement {
  readonly department: string | null;
  readonly because: 'reported' | 'rules' | 'fallback' | 'staff';
  readonly rulesVersion: number | null;
  /** Null where no agreement covers this department and service. */
  readonly terms: Terms | null;
}
