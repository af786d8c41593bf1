import { Module, type Provider } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '@onedoor/kernel';
import { AccessGuard } from './access/access.guard.js';
import { AUTHENTICATOR, type Authenticator } from './access/authenticator.js';
import { contextModule } from './context/context-module.js';
import type { Context } from './context/define-context.js';
import { ErrorFilter } from './http/error.filter.js';
import { PortsModule } from './ports.module.js';
import type { Ports } from './ports.js';
import { WorkersModule } from './workers/worker-runner.js';

/** The ports that a spec chooses. The others count where there would be chance, and send no mail. */
export type ChosenPorts = Pick<Ports, 'store' | 'bus' | 'readModels' | 'checkpoints' | 'vault' | 'clock' | 'alarm'>;

/**
 * An application of one context, for the specs of its routes; the caller closes it. A role is its own bearer token, with its department
 * after a dot: `department.parks`. Only specs import this entry of the platform.
 */
export async function openContext(
  context: Context,
  chosen: ChosenPorts,
  { settings = [] }: { readonly settings?: readonly Provider[] } = {},
): Promise<NestFastifyApplication> {
  const ports: Ports = {
    ...chosen,
    entropy: countingEntropy(),
    mailer: { send: () => Promise.reject(new Error('No message is sent in a spec of routes')) },
    dependencies: [],
    jurisdiction: 'testville',
  };

  @Module({
    imports: [PortsModule.of(ports), WorkersModule, contextModule(context, { settings })],
    providers: [
      { provide: AUTHENTICATOR, useValue: ROLE_IS_TOKEN },
      { provide: APP_GUARD, useClass: AccessGuard },
    ],
  })
  class OneContext {}

  const app = await NestFactory.create<NestFastifyApplication>(OneContext, new FastifyAdapter(), { logger: false, abortOnError: false });
  app.useGlobalFilters(new ErrorFilter(ports.alarm, context.errorForms ?? []));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

/** A number, another one each time. */
function countingEntropy(): Ports['entropy'] {
  let count = 0;
  return { hex: (length) => (count += 1).toString(16).padStart(length * 2, '0') };
}

const ROLE_IS_TOKEN: Authenticator = {
  authenticate({ bearer }) {
    const [role = '', department = null] = bearer?.split('.') ?? [];
    return Promise.resolve(bearer === null ? null : { id: 'account-1', kind: 'account', role: role as Role, department });
  },
};
