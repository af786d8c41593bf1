import { SERVICES, type ServiceName } from '../services.js';
import { refuseDemoAccounts } from '../demo/found-demo.js';
import { HomeModule } from '../home/home.module.js';
import type { Service } from '../service/service.js';
import { contextsOf } from './contexts-of.js';
import { optionsIn } from './options-in.js';

/** One of several processes, as the table of services says it: its contexts, and what the front has besides them. */
export function serviceOf(name: ServiceName): Service {
  const [front] = SERVICES;
  const contexts = SERVICES.filter((service) => service.name === name).flatMap((service) => service.contexts);
  const isFront = name === front.name;
  return {
    name,
    isWhole: false,
    errorForms: contexts.flatMap(({ errorForms = [] }) => errorForms),
    modules: (ports, config) => [
      ...contextsOf(contexts, ports, optionsIn(config, ports)),
      // A live demo takes all contexts in one process, so there is none here.
      ...(isFront ? [HomeModule.of(ports, { ...config, ONEDOOR_DEMO_DRIP_SECONDS: 0 })] : []),
    ],
    async prepare(app, _ports, { ONEDOOR_DEMO }) {
      if (isFront && !ONEDOOR_DEMO) await refuseDemoAccounts(app);
    },
  };
}
