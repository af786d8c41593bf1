import { readFileSync } from 'node:fs';

/**
 * The counts of one run of jest, and the lines that report them. A suite that ran no test counts as failed: its pattern matched no spec,
 * or all of them were skipped.
 *
 * @param title the suite's name, as the lines begin with it.
 * @param result the report of `jest --json`; null where there is none, because jest found no spec or ended before it could report.
 */
export function tallyOf(title, result) {
  if (result === null)
    return { passed: 0, failed: 1, skipped: 0, lines: [`${title}: FAILED: it ran no test, or ended before it could report`] };
  const passed = result.numPassedTests;
  // A file that fails to load has no tests, so it counts as one failure.
  const broken = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const hasRunNothing = passed + broken === 0;
  const failed = hasRunNothing ? 1 : broken;
  const skipped = result.testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'pending');
  const verdict = hasRunNothing ? 'FAILED: it ran no test' : `${passed} passed, ${failed} failed`;
  const lines = [...skipped.map(({ fullName }) => `skipped: ${fullName}`), `${title}: ${verdict}`];
  return { passed, failed, skipped: result.numPendingTests + result.numTodoTests, lines };
}

/** The report that jest wrote to this file; null where there is none or it is incomplete. */
export function resultIn(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return null;
  }
}
