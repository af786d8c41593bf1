import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ROOT } from './lint/snippet.js';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly lines: readonly string[];
}

/** Plain JavaScript, loaded by path: scripts run before anything is installed. */
const script = pathToFileURL(join(ROOT, 'scripts/tally.mjs')).href;
const { tallyOf } = (await import(script)) as { readonly tallyOf: (title: string, result: object | null) => Tally };

type Status = 'passed' | 'failed' | 'pending' | 'todo';

/** As jest reports tests of these ends, in one file each; files that could not be loaded have none. */
function resultOf(statuses: readonly Status[], brokenFiles = 0): object {
  const number = (wanted: Status): number => statuses.filter((status) => status === wanted).length;
  return {
    numPassedTests: number('passed'),
    numFailedTests: number('failed'),
    numPendingTests: number('pending'),
    numTodoTests: number('todo'),
    numRuntimeErrorTestSuites: brokenFiles,
    testResults: statuses.map((status) => ({ assertionResults: [{ status, fullName: `a ${status} test` }] })),
  };
}

describe('the sum of a suite', () => {
  it('counts what ran, and names what was skipped', () => {
    expect(tallyOf('Kafka', resultOf(['passed', 'passed', 'failed', 'pending', 'todo']))).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
      lines: ['skipped: a pending test', 'Kafka: 2 passed, 1 failed'],
    });
  });

  it('counts a file that cannot be loaded as a failure', () => {
    expect(tallyOf('Kafka', resultOf(['passed'], 2))).toMatchObject({ passed: 1, failed: 2 });
    expect(tallyOf('Kafka', resultOf([], 1))).toMatchObject({ passed: 0, failed: 1, lines: ['Kafka: 0 passed, 1 failed'] });
  });

  it.each([
    ['no test was found', resultOf([])],
    ['every test was skipped', resultOf(['pending', 'todo'])],
    ['jest wrote no report', null],
  ])('fails where %s', (_, result) => {
    const { passed, failed, lines } = tallyOf('EventStoreDB', result);
    expect([passed, failed]).toEqual([0, 1]);
    expect(lines.at(-1)).toMatch(/^EventStoreDB: FAILED: it ran no test/);
  });
});
