import { DEMO_KEY, type Config, type Context } from '@onedoor/platform';
import { auditedStreamsOf, CONTEXTS } from '../contexts.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../demo/demo-accounts.js';
import { foundDemo, refuseDemoAccounts } from '../demo/found-demo.js';
import { tellProgress } from '../demo/tell-progress.js';
import { HomeModule } from '../home/home.module.js';
import type { Service } from '../service/service.js';
import { contextsOf } from './contexts-of.js';
import { optionsIn } from './options-in.js';

/** Contexts behind one HTTP server. */
export const wholeProduct = (contexts: readonly Context[]): Service => ({
  name: 'onedoor',
  isWhole: true,
  errorForms: contexts.flatMap(({ errorForms = [] }) => errorForms),
  modules: (ports, config) => [
    ...contextsOf(contexts, ports, { ...optionsIn(config, ports), audited: auditedStreamsOf(contexts) }),
    HomeModule.of(ports, config),
  ],
  async prepare(app, ports, config) {
    if (config.ONEDOOR_DEMO) await foundDemo(app, ports, { cases: casesOf(config), tell: tellProgress });
    else await refuseDemoAccounts(app);
  },
  greeting({ ONEDOOR_DEMO, ONEDOOR_DATA, ONEDOOR_OPEN311_KEYS }) {
    if (!ONEDOOR_DEMO) return [];
    return [
      `demo city, data in ${ONEDOOR_DATA}; Open311 key: ${ONEDOOR_OPEN311_KEYS.join(', ') || DEMO_KEY}`,
      `staff sign in as ${DEMO_ACCOUNTS.map(({ id }) => id).join(', ')}; password: ${DEMO_PASSWORD}`,
    ];
  },
});

export const WHOLE_PRODUCT = wholeProduct(CONTEXTS);

/** On shared engines other processes would hear of the past as if it were now: there it is lived through before they run, by `onedoor demo seed`. */
const casesOf = ({ ONEDOOR_PROFILE, ONEDOOR_DEMO_CASES }: Config): number => (ONEDOOR_PROFILE === 'embedded' ? ONEDOOR_DEMO_CASES : 0);
