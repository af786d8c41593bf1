import { firstAccounts } from '../accounts/accounts.js';
import { Journal } from './journal.js';
import { DoubleLog } from './log.js';

interface LogOptions {
  /** The file of the log; in memory only when absent. */
  readonly file?: string | undefined;
  /** Whether clients need an account. */
  readonly accounts?: boolean | undefined;
}

export interface OpenLog {
  readonly log: DoubleLog;
  /** An equal log for another node, over the same file. */
  copy(): DoubleLog;
  close(): void;
}

/** Opens the log of the file, or a new one with the events of a server's first start. */
export function openLog({ file, accounts = false }: LogOptions): OpenLog {
  const journal = file === undefined ? null : new Journal(file);
  const create = () => new DoubleLog(Date.now, (change) => journal?.write(change));
  const log = create();
  for (const change of journal?.load() ?? []) log.apply(change);
  if (log.length === 0) log.initialize(accounts ? firstAccounts() : undefined);
  const copy = (): DoubleLog => {
    const other = create();
    other.apply(log.whole);
    return other;
  };
  return { log, copy, close: () => journal?.close() };
}
