import { accessOf, contextsOf, type Service } from '@onedoor/composition';
import { ROUTING } from '@onedoor/routing';

/** Cases, their clocks, and the departments that subscribe to them. */
export const service: Service = {
  name: 'routing',
  isWhole: false,
  errorForms: [],
  modules: (ports, config) => [accessOf(ports, config, 'checks'), ...contextsOf([ROUTING], ports, { open311Keys: [] })],
};
