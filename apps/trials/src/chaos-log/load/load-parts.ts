import type { LogClient } from '../log-client.js';
import type { LogLedger } from '../ledger.js';
import type { Pulse } from '../pulse.js';
import type { Tally } from '../tally.js';

/** What writers, readers and followers of one client share. */
export interface LoadParts {
  readonly client: LogClient;
  readonly ledger: LogLedger;
  readonly tally: Tally;
  readonly pulse: Pulse;
}
