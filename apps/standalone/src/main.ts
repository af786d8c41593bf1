import 'reflect-metadata';
import { DataFolderInUse } from '@onedoor/adapters';
import { DEMO_KEY, readConfig } from '@onedoor/platform';
import { openDoor } from './open-door.js';
import { preflight } from './preflight.js';

function stop(...lines: readonly string[]): never {
  process.stderr.write(`${['OneDoor can not start:', ...lines].join('\n  ')}\n`);
  process.exit(1);
}

const config = readConfig(process.env);
if (Array.isArray(config)) stop(...(config as readonly string[]));
const settings = config as Exclude<typeof config, readonly string[]>;
const problems = await preflight(settings);
if (problems.length > 0) stop(...problems);
try {
  const door = await openDoor(settings);
  process.stdout.write(`OneDoor is open at ${door.url}\n`);
  if (settings.ONEDOOR_DEMO) process.stdout.write(`  demo city, data in ${settings.ONEDOOR_DATA}; Open311 key: ${settings.ONEDOOR_OPEN311_KEYS.join(', ') || DEMO_KEY}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void door.close().then(() => process.exit(0)));
  }
} catch (error) {
  if (error instanceof DataFolderInUse) stop(error.message);
  throw error;
}
