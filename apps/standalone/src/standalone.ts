import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONTEXTS, createServer, openService, ServiceModule, wholeProduct, type OpenService } from '@onedoor/composition';
import { DEMO_HOOKS } from '@onedoor/demo';
import { Metrics, type Config, type Ports } from '@onedoor/platform';
import { pino } from 'pino';

/** All contexts in one process, with a demo city where it is asked for. */
export const STANDALONE = wholeProduct(CONTEXTS, DEMO_HOOKS);

/** Opens the data folder, starts everything over it, and listens. */
export const openStandalone = (config: Config): Promise<OpenService> => openService(STANDALONE, config);

/** All of it over given ports, unobserved. */
export const standaloneModule = (ports: Ports, config: Config): DynamicModule => ServiceModule.of(STANDALONE, ports, config, unobserved());

/** The HTTP server over given ports, without its workers running and not listening yet. */
export const standaloneServer = (ports: Ports, config: Config): Promise<NestFastifyApplication> =>
  createServer(standaloneModule(ports, config), { ports, config, observation: unobserved(), errorForms: STANDALONE.errorForms });

const unobserved = () => ({ log: pino({ level: 'silent' }), metrics: new Metrics(), tracing: null });
