import { openSqlite } from '@onedoor/adapters';
import { auditLog, type Findings } from './audit-log.js';

const SETTLE_LIMIT_MS = 120_000;

/** What the log of a folder says beside the acknowledgements, once every request has a case and a promise, or after SETTLE_LIMIT_MS. */
export async function settledLog(folder: string, acknowledged: readonly string[]): Promise<Findings> {
  const deadline = performance.now() + SETTLE_LIMIT_MS;
  for (;;) {
    const data = await openSqlite(folder, { readOnly: true });
    const findings = await auditLog(data, acknowledged);
    await data.close();
    if ((findings.withoutOneCase === 0 && findings.withoutOnePromise === 0) || performance.now() > deadline) return findings;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
