import { accessOf, type Service } from '@onedoor/composition';
import { IntakeModule, OPEN311_ERRORS } from '@onedoor/intake';

/** The front door: reports, what residents were told, and where staff sign in. */
export const service: Service = {
  name: 'intake',
  isWhole: false,
  errorForms: [OPEN311_ERRORS],
  modules: (ports, config) => [accessOf(ports, config, 'serves'), IntakeModule.of({ open311Keys: config.ONEDOOR_OPEN311_KEYS })],
};
