import { DataFolderInUse } from '@onedoor/adapters';
import { DamagedLog, Misconfigured, Unavailable } from '@onedoor/engine';
import { readConfig, SetUpRefused, type Config } from '@onedoor/platform';
import { openService } from './open-service.js';
import { preflight } from './preflight.js';
import type { Service } from './service.js';

/** Runs a service until it is told to stop. What keeps it from starting is said on standard error, all of it at once. */
export async function runService(service: Service, environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  const config = readConfig(environment);
  if (isRefused(config)) return stop(config);
  if (!service.isWhole && config.ONEDOOR_PROFILE === 'embedded') {
    return stop([
      `ONEDOOR_PROFILE: ${service.name} is one of several processes, so it needs the profile distributed; ` +
        'embedded is one process, started by npm start',
    ]);
  }
  const problems = await preflight(config);
  if (problems.length > 0) return stop(problems);
  try {
    const { url, close } = await openService(service, config);
    process.stdout.write(`OneDoor is open at ${url}\n`);
    for (const line of service.greeting?.(config) ?? []) process.stdout.write(`  ${line}\n`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        // What is acknowledged is in the log, so ending in the middle loses nothing; going on would keep the folder from the next process.
        setTimeout(() => stop([`it did not stop within ${STOP_MS / 1_000} seconds`], 'OneDoor broke off:'), STOP_MS).unref();
        void close().then(() => process.exit(0));
      });
    }
  } catch (error) {
    if (REFUSALS.some((kind) => error instanceof kind)) return stop([(error as Error).message]);
    throw error;
  }
}

/** How long a process may take to stop, whatever its sockets and workers do. */
const STOP_MS = 8_000;

/** What keeps a service from starting, and is for its operator to mend. */
const REFUSALS = [DataFolderInUse, SetUpRefused, Misconfigured, Unavailable, DamagedLog];

const isRefused = (config: Config | readonly string[]): config is readonly string[] => Array.isArray(config);

function stop(lines: readonly string[], title = 'OneDoor can not start:'): void {
  process.stderr.write(`${[title, ...lines].join('\n  ')}\n`);
  process.exit(1);
}
