import { accessOf, contextsOf, HomeModule, refuseDemoAccounts, type Service } from '@onedoor/composition';
import { INTAKE, OPEN311_ERRORS } from '@onedoor/intake';

/** The front door: the first page, reports, what residents were told, and where staff sign in. */
export const service: Service = {
  name: 'intake',
  isWhole: false,
  errorForms: [OPEN311_ERRORS],
  modules: (ports, config) => [
    accessOf(ports, config, 'serves'),
    ...contextsOf([INTAKE], ports, { open311Keys: config.ONEDOOR_OPEN311_KEYS }),
    // A live demo takes all contexts in one process, so there is none here.
    HomeModule.of(ports, { ...config, ONEDOOR_DEMO_DRIP_SECONDS: 0 }),
  ],
  prepare: (app, _ports, { ONEDOOR_DEMO }) => (ONEDOOR_DEMO ? Promise.resolve() : refuseDemoAccounts(app)),
};
