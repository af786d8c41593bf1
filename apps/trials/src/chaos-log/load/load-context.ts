import type { LogClient } from '../log-client.js';
import type { LogLedger } from '../ledger.js';
import type { AppendNotifier } from '../append-notifier.js';
import type { Tally } from '../tally.js';

/** What the writers, readers and followers of one client share. */
export interface LoadContext {
  readonly client: LogClient;
  readonly ledger: LogLedger;
  readonly tally: Tally;
  readonly notifier: AppendNotifier;
}
