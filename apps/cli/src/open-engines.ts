import { systemEntropy } from '@onedoor/adapters';
import { inspectEngines, openPorts, TOPICS, type OpenedPorts, type Purpose } from '@onedoor/composition';
import { readConfig, type Config } from '@onedoor/platform';
import { say, sayAlarm, UserError } from './answer.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const SESSION_KEY_BYTES = 32;

/**
 * The ports of the distributed profile, on the engines that the environment names, as for the services. Throws `Misconfigured`, with the
 * remedy, where the views were built from another log; the purpose `report` opens them even then, for a caller that changes nothing.
 */
export function openEngines(environment: Environment, jurisdiction: string, purpose: Purpose = 'write'): Promise<OpenedPorts> {
  return openPorts({
    config: engineSettings(environment),
    client: 'command-line',
    jurisdiction,
    purpose,
    alarm: sayAlarm,
    onFailure: (error) => {
      say(`Nothing can be written any more: ${error.message}`);
      process.exit(1);
    },
  });
}

/**
 * Throws `UserError` while a process is a member of a consumer group: it would handle some of the messages of this one, on its own
 * clock.
 */
export async function refuseWhileRunning(environment: Environment): Promise<void> {
  const { kafka } = await inspectEngines(engineSettings(environment), { topics: TOPICS, collections: [] });
  const running = kafka.groups.filter(({ members }) => members > 0).map(({ group }) => group);
  if (running.length > 0) {
    throw new UserError(
      `OneDoor is running on these engines (${[...new Set(running)].join(', ')}): stop it first. ` +
        'Kafka forgets a process that was killed after KAFKA_SESSION_TIMEOUT_MS',
    );
  }
}

/** The settings of the services, of which the command line uses those of the engines. Throws `UserError` with all problems. */
export function engineSettings(environment: Environment): Config {
  // The command line issues no sessions, so a random key will do.
  const ONEDOOR_SESSION_KEY = environment['ONEDOOR_SESSION_KEY'] || systemEntropy.hex(SESSION_KEY_BYTES);
  const settings = readConfig({ ...environment, ONEDOOR_PROFILE: 'distributed', ONEDOOR_SESSION_KEY });
  if ('PORT' in settings) return settings;
  throw new UserError(['The engines of the distributed profile can not be used:', ...settings].join('\n  '));
}
