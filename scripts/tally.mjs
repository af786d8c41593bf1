import { readFileSync } from 'node:fs';

/**
 * What one run of jest comes to: its counts, and the lines that say so. A suite that ran nothing failed: a pattern that no spec matches,
 * or a switch that skips all of them, proves as little as a test that does not hold.
 *
 * @param title the suite's name, as the lines begin with it.
 * @param result what jest wrote with `--json`; null where it wrote nothing, as when it finds no spec or ends before its report.
 */
export function tallyOf(title, result) {
  if (result === null)
    return { passed: 0, failed: 1, skipped: 0, lines: [`${title}: FAILED: it ran no test, or ended before it could report`] };
  const passed = result.numPassedTests;
  // A file that cannot even load has no tests to fail, so it counts itself.
  const broken = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const hasRunNothing = passed + broken === 0;
  const failed = hasRunNothing ? 1 : broken;
  const skipped = result.testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'pending');
  const verdict = hasRunNothing ? 'FAILED: it ran no test' : `${passed} passed, ${failed} failed`;
  const lines = [...skipped.map(({ fullName }) => `skipped: ${fullName}`), `${title}: ${verdict}`];
  return { passed, failed, skipped: result.numPendingTests + result.numTodoTests, lines };
}

/** What jest wrote to this file; null where it wrote nothing whole. */
export function resultIn(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return null;
  }
}
