import type { Instant } from '@onedoor/kernel';

/** A server that this process depends on, as its own calls find it. */
export interface Dependency {
  /** Its product's name, as in `EventStoreDB`: a label of metrics, so never an address. */
  readonly name: string;
  /** Whether HTTP requests fail during an outage. Otherwise only background work waits, and the process stays ready. */
  readonly holdsUpRequests: boolean;
  /** Null while it answers. */
  outage(): Outage | null;
}

export interface Outage {
  /** Since when no call succeeded. */
  readonly since: Instant;
  /** The kind of failure; never an address, a secret or personal data. */
  readonly reason: string;
}
