import { ANALYTICS } from '@onedoor/analytics';
import { accessOf, contextsOf, type Service } from '@onedoor/composition';

/** What was opened, closed, promised and kept. */
export const service: Service = {
  name: 'analytics',
  isWhole: false,
  errorForms: [],
  modules: (ports, config) => [accessOf(ports, config, 'checks'), ...contextsOf([ANALYTICS], ports, { open311Keys: [] })],
};
