import { firstAccounts } from '../accounts/accounts.js';
import { Journal } from './journal.js';
import { DoubleLog } from './log.js';

export interface LogOptions {
  /** Where the log is kept; in memory only when absent. */
  readonly file?: string | undefined;
  /** Whether clients need an account. */
  readonly accounts?: boolean | undefined;
}

export interface OpenLog {
  readonly log: DoubleLog;
  /** A log for another node over the same file, equal by now. */
  copy(): DoubleLog;
  close(): void;
}

/** Opens the log with all that its file holds, or a new one with what a server writes first. */
export function openLog({ file, accounts = false }: LogOptions): OpenLog {
  const journal = file === undefined ? null : new Journal(file);
  const create = () => new DoubleLog(Date.now, (change) => journal?.write(change));
  const log = create();
  for (const change of journal?.load() ?? []) log.apply(change);
  if (log.length === 0) log.found(accounts ? firstAccounts() : undefined);
  const copy = (): DoubleLog => {
    const other = create();
    other.apply(log.whole);
    return other;
  };
  return { log, copy, close: () => journal?.close() };
}
