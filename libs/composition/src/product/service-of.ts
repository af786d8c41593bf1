import { isOutbox } from '@onedoor/engine';
import type { Config, Context, Ports } from '@onedoor/platform';
import { CONTEXTS } from '../contexts.js';
import type { Service, ServiceHooks } from '../service/service.js';
import { SERVICES, type ServiceName } from '../services.js';
import { contextsOf, type ContextsOptions } from './contexts-of.js';

/** Contexts behind one HTTP server, with what its app adds. */
export const wholeProduct = (contexts: readonly Context[] = CONTEXTS, hooks: ServiceHooks = {}): Service => ({
  ...processOf('onedoor', contexts, { contexts }, hooks),
  isWhole: true,
});

export const WHOLE_PRODUCT = wholeProduct();

/** One of several processes, as the table of services says it, with what its app adds. */
export const serviceOf = (name: ServiceName, hooks: ServiceHooks = {}): Service =>
  processOf(
    name,
    SERVICES.filter((service) => service.name === name).flatMap(({ contexts }): readonly Context[] => contexts),
    {},
    hooks,
  );

function processOf(name: string, contexts: readonly Context[], options: Partial<ContextsOptions>, hooks: ServiceHooks): Service {
  return {
    ...hooks,
    name,
    isWhole: false,
    errorForms: contexts.flatMap(({ errorForms = [] }) => errorForms),
    modules: (ports, config) => [
      ...contextsOf(contexts, ports, { ...optionsIn(config, ports), ...options }),
      ...(hooks.modules?.(ports, config) ?? []),
    ],
  };
}

/** What the settings of a server's process say to its contexts. */
const optionsIn = (
  { ONEDOOR_DEMO, ONEDOOR_SESSION_KEY, ONEDOOR_OPEN311_KEYS }: Config,
  { mailer }: Pick<Ports, 'mailer'>,
): ContextsOptions => ({
  sessionKey: ONEDOOR_SESSION_KEY,
  open311Keys: ONEDOOR_OPEN311_KEYS,
  // The messages as residents get them, for everyone to see: in a demo without a mail server, and nowhere else.
  outbox: ONEDOOR_DEMO && isOutbox(mailer) ? mailer : null,
});
