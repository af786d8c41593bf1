import { OffsetClock } from '@onedoor/adapters';
import { foundCity, openEmbedded } from '@onedoor/composition';
import { Catalog } from '@onedoor/intake';
import { WorkerRunner, type Config } from '@onedoor/platform';
import { pino } from 'pino';
import { createServer } from './create-server.js';
import { RIVERBEND } from './demo/riverbend.js';

export interface OpenDoor {
  /** Where it answers. */
  readonly url: string;
  close(): Promise<void>;
}

/** Opens the data folder, starts everything over it, and listens. */
export async function openDoor(config: Config): Promise<OpenDoor> {
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  const open = await openEmbedded({
    folder: config.ONEDOOR_DATA,
    jurisdiction: config.ONEDOOR_DEMO ? 'riverbend.example' : 'city',
    clock: new OffsetClock(config.ONEDOOR_CLOCK_OFFSET_SECONDS * 1_000),
    alarm: (message, details) => log.warn(details, message),
    onFailure: (error) => {
      log.fatal({ reason: error.message }, 'the data can not be written any more');
      process.exit(1);
    },
  });
  try {
    const app = await createServer(open.ports, config);
    await app.init();
    const { catalog } = await app.get(Catalog).current();
    if (config.ONEDOOR_DEMO && catalog.city === null) {
      await foundCity(app, RIVERBEND, { role: 'system', id: 'demo' }, open.ports.clock.now());
    }
    app.get(WorkerRunner).start();
    await app.listen(config.PORT, config.ONEDOOR_HOST);
    const { port } = app.getHttpServer().address() as { readonly port: number };
    return {
      url: `http://${config.ONEDOOR_HOST === '127.0.0.1' ? 'localhost' : config.ONEDOOR_HOST}:${port}`,
      async close() {
        await app.close();
        await open.close();
      },
    };
  } catch (error) {
    await open.close();
    throw error;
  }
}
