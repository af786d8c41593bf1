import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** What reads or shows dates of the city. */
const SUITES = ['libs/intake/src/open311/date-span.spec.ts', 'libs/sla/test/local-time.spec.ts', 'apps/standalone/test/door.e2e.spec.ts'];
const DATES = 'what a date names|the span of a list|memory dates are|memory under one key finds|local|wall time';

interface Result {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly message: string }[];
}

/** Runs the suites in a process of their own: a host's zone is read when a process starts. */
function runIn(zone: string): Result {
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = ['node_modules/jest/bin/jest.js', ...SUITES, '-t', DATES, '--json', '-w', '1', '--forceExit', '--testTimeout=60000'];
  const { stdout } = spawnSync(process.execPath, [...options, ...jest], {
    cwd: ROOT,
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Result;
}

describe('dates of the city', () => {
  // Where it is tomorrow already, where it is still yesterday, and where many servers are.
  it.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC'])(
    'are the same on a host in %s',
    (zone) => {
      const { success, numPassedTests, testResults } = runIn(zone);
      expect(testResults.map(({ message }) => message).filter((message) => message !== '')).toEqual([]);
      expect(success).toBe(true);
      expect(numPassedTests).toBeGreaterThan(40);
    },
    120_000,
  );

  it('are tried where the zone of the host is what was asked for', () => {
    const offset = ['-p', 'new Date(2026, 0, 1).getTimezoneOffset()'];
    const offsets = ['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC'].map((zone) =>
      Number(spawnSync(process.execPath, offset, { env: { ...process.env, TZ: zone }, encoding: 'utf8' }).stdout),
    );
    expect(offsets).toEqual([-840, 480, 0]);
  });
});
