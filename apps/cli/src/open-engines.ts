import { systemEntropy } from '@onedoor/adapters';
import { inspectEngines, openPorts, TOPICS, type OpenedPorts, type Purpose } from '@onedoor/composition';
import { readConfig, type Config } from '@onedoor/platform';
import { say, UserError } from './answer.js';
import type { Environment } from './data-options.js';

const SESSION_KEY_BYTES = 32;

/**
 * The ports of the distributed profile, on the engines that the environment names as it does for the services. Throws `Misconfigured`, with
 * what to do, where the log is another one than the views were built from; `report` opens them even then, for a caller that changes nothing.
 */
export function openEngines(environment: Environment, jurisdiction: string, purpose: Purpose = 'write'): Promise<OpenedPorts> {
  return openPorts({
    config: engineSettings(environment),
    client: 'command-line',
    jurisdiction,
    purpose,
    alarm: (message, details) => say(`${message}: ${JSON.stringify(details)}`),
    onFailure: (error) => {
      say(`Nothing can be written any more: ${error.message}`);
      process.exit(1);
    },
  });
}

/**
 * Throws `UserError` while a process takes part in the consumers' groups: half of what this one tells would be handled by the others,
 * on their own clocks.
 */
export async function refuseWhileRunning(environment: Environment): Promise<void> {
  const { kafka } = await inspectEngines(engineSettings(environment), { topics: TOPICS, collections: [] });
  const running = kafka.groups.filter(({ members }) => members > 0).map(({ group }) => group);
  if (running.length > 0) {
    throw new UserError(
      `OneDoor is running on these engines (${[...new Set(running)].join(', ')}): stop it first. Kafka forgets a process that was killed after KAFKA_SESSION_TIMEOUT_MS`,
    );
  }
}

/** The settings of the services, of which those of the engines matter here. Throws `UserError` with everything that is wrong with them. */
export function engineSettings(environment: Environment): Config {
  // Nobody signs in by the command line, so it needs no key of sessions.
  const ONEDOOR_SESSION_KEY = environment['ONEDOOR_SESSION_KEY'] || systemEntropy.hex(SESSION_KEY_BYTES);
  const settings = readConfig({ ...environment, ONEDOOR_PROFILE: 'distributed', ONEDOOR_SESSION_KEY });
  if ('PORT' in settings) return settings;
  throw new UserError(['The engines of the distributed profile can not be used:', ...settings].join('\n  '));
}
