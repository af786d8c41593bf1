import type { ServiceHooks } from '@onedoor/composition';
import { DEMO_KEY, type Config } from '@onedoor/platform';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './accounts.js';
import { DemoModule } from './demo.module.js';
import { foundDemo, printProgress, refuseDemoAccounts } from './found-demo.js';

/** What the product in one process does for a demonstration: with `ONEDOOR_DEMO` a city with a past, without it a look for its accounts. */
export const DEMO_HOOKS: ServiceHooks = {
  modules: (ports, config) => (config.ONEDOOR_DEMO ? [DemoModule.of(ports, config, true)] : []),
  async prepare(app, ports, config) {
    if (config.ONEDOOR_DEMO) await foundDemo(app, ports, { cases: casesOf(config), onProgress: printProgress });
    else await refuseDemoAccounts(app);
  },
  greeting({ ONEDOOR_DEMO, ONEDOOR_DATA, ONEDOOR_OPEN311_KEYS, ONEDOOR_OPERATOR_TOKEN, ONEDOOR_OPERATOR_PORT }) {
    if (!ONEDOOR_DEMO) return [];
    return [
      `demo city, data in ${ONEDOOR_DATA}; Open311 key: ${ONEDOOR_OPEN311_KEYS.join(', ') || DEMO_KEY}`,
      `staff sign in as ${DEMO_ACCOUNTS.map(({ id }) => id).join(', ')}; password: ${DEMO_PASSWORD}`,
      ...(ONEDOOR_OPERATOR_TOKEN === '' && ONEDOOR_OPERATOR_PORT === 0
        ? [
            'figures, readiness and the outbox are open to everyone, as in no city: ONEDOOR_OPERATOR_TOKEN or ONEDOOR_OPERATOR_PORT ends that',
          ]
        : []),
    ];
  },
};

/** The same for the front of several processes: the city is made by `onedoor demo seed`, and the page shows only what intake keeps. */
export const DEMO_FRONT_HOOKS: ServiceHooks = {
  modules: (ports, config) => (config.ONEDOOR_DEMO ? [DemoModule.of(ports, config, false)] : []),
  async prepare(app, _ports, { ONEDOOR_DEMO }) {
    if (!ONEDOOR_DEMO) await refuseDemoAccounts(app);
  },
};

/** On shared engines other processes would react to a past that is written while they run: there `onedoor demo seed` writes it before. */
const casesOf = ({ ONEDOOR_PROFILE, ONEDOOR_DEMO_CASES }: Config): number => (ONEDOOR_PROFILE === 'embedded' ? ONEDOOR_DEMO_CASES : 0);
