import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Alarm } from '@onedoor/engine';
import { Metrics, startTracing, WorkerRunner, type Config, type Observation } from '@onedoor/platform';
import { pino } from 'pino';
import { TOPICS } from '../contexts.js';
import { openPorts } from '../ports/open-ports.js';
import { closeServer } from './close-server.js';
import { createServer } from './create-server.js';
import { listenForOperators } from './listen-for-operators.js';
import type { Service } from './service.js';
import { ServiceModule } from './service.module.js';

export interface OpenService {
  /** Where it answers. */
  readonly url: string;
  /** Stops taking requests, waits for the work in hand, and closes the ports. */
  close(): Promise<void>;
}

/** Opens the ports, starts everything of a service over them, and listens. */
export async function openService(service: Service, config: Config): Promise<OpenService> {
  const observation = await observe(service.name, config);
  const { log, metrics } = observation;
  // Counted here, where the adapters' own alarms and those of everything above them come together.
  const alarm: Alarm = (message, details) => {
    metrics.countAlarm(message);
    log[message === 'the data can not be written any more' ? 'fatal' : 'warn'](details, message);
  };
  const open = await openPorts({
    config,
    client: service.name,
    alarm,
    onFailure: (error) => {
      alarm('the data can not be written any more', { reason: error.message });
      process.exit(1);
    },
  });
  let app: NestFastifyApplication | undefined;
  try {
    const { ports } = open;
    app = await createServer(ServiceModule.of(service, ports, config, observation), {
      ports,
      config,
      observation,
      errorForms: service.errorForms,
    });
    await app.init();
    await ports.bus.declare(TOPICS);
    await service.prepare?.(app, ports, config);
    if (config.ONEDOOR_SESSION_KEY === '' && !config.ONEDOOR_DEMO)
      alarm('sessions end with this process', { reason: 'ONEDOOR_SESSION_KEY is not set, so its key is made anew at each start' });
    app.get(WorkerRunner).start();
    await app.listen(config.PORT, config.ONEDOOR_HOST);
    const { port } = app.getHttpServer().address() as { readonly port: number };
    const operators = config.ONEDOOR_OPERATOR_PORT === 0 ? null : await listenForOperators(app, config.ONEDOOR_OPERATOR_PORT);
    const close = async (): Promise<void> => {
      operators?.close();
      operators?.closeAllConnections();
      if (app !== undefined) await closeServer(app);
      await open.close();
      await observation.tracing?.stop();
    };
    return { url: `http://${config.ONEDOOR_HOST === '127.0.0.1' ? 'localhost' : config.ONEDOOR_HOST}:${port}`, close };
  } catch (error) {
    await app?.close().catch(() => undefined);
    await open.close();
    throw error;
  }
}

/** What a process notices about itself, as its settings want it. The log goes to standard error, one JSON object a line. */
export async function observe(service: string, config: Config): Promise<Observation> {
  const base = { service, ...(config.ONEDOOR_INSTANCE !== '' && { instance: config.ONEDOOR_INSTANCE }) };
  const log = pino({ base, level: config.ONEDOOR_LOG, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  const tracing = config.OTEL_EXPORTER_OTLP_ENDPOINT === '' ? null : await startTracing(service, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  return { log, metrics: new Metrics(), tracing };
}
