import { Metrics, startTracing, type Config, type Observation } from '@onedoor/platform';
import { pino } from 'pino';

/** What a process notices about itself, as its settings want it. The log goes to standard error, one JSON object a line. */
export async function observe(service: string, config: Config): Promise<Observation> {
  const base = { service, ...(config.ONEDOOR_INSTANCE !== '' && { instance: config.ONEDOOR_INSTANCE }) };
  const log = pino({ base, level: config.ONEDOOR_LOG, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
  const tracing = config.OTEL_EXPORTER_OTLP_ENDPOINT === '' ? null : await startTracing(service, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  return { log, metrics: new Metrics(), tracing };
}
