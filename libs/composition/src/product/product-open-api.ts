import { openMemory, systemClock, systemEntropy } from '@onedoor/adapters';
import { assert } from '@onedoor/kernel';
import { Metrics, openApi, readConfig, type Context, type Ports } from '@onedoor/platform';
import { pino } from 'pino';
import { CONTEXTS } from '../contexts.js';
import { createServer } from '../service/create-server.js';
import type { ServiceHooks } from '../service/service.js';
import { ServiceModule } from '../service/service.module.js';
import { wholeProduct } from './service-of.js';

const INFO = {
  title: 'OneDoor',
  version: '1.0.0',
  description:
    'The front door of city hall. Members may be added to what is answered within a version, so pass over what is not known; ' +
    'what is asked for and not described is refused by its name. ' +
    'Refusals are problem details (RFC 9457) with a stable code where clients may branch on it; Open311 has its own form. ' +
    'Made from the code by `npm run docs`.',
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
} as const;

/**
 * The whole product's HTTP interface as an OpenAPI document, with the routes that hooks add and the pages that contexts show in a
 * demonstration. Nothing listens and nothing is kept.
 */
export async function productOpenApi(contexts: readonly Context[] = CONTEXTS, hooks: ServiceHooks = {}): Promise<object> {
  const config = readConfig({ ONEDOOR_DEMO: 'on' });
  assert('PORT' in config, 'a demonstration needs no other settings');
  const data = openMemory();
  const ports: Ports = {
    ...data,
    clock: systemClock,
    entropy: systemEntropy,
    alarm: () => undefined,
    dependencies: [],
    jurisdiction: 'riverbend.example',
  };
  const observation = { log: pino({ level: 'silent' }), metrics: new Metrics(), tracing: null };
  const app = await createServer(ServiceModule.of(wholeProduct(contexts, hooks), ports, config, observation), {
    ports,
    config,
    observation,
    errorForms: [],
  });
  try {
    return openApi(app, INFO);
  } finally {
    await app.close();
    await data.close();
  }
}
