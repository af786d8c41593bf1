import { accessOf, contextsOf, outboxOf, type Service } from '@onedoor/composition';
import { NOTIFICATIONS } from '@onedoor/notifications';

/** What is written to residents, and what became of it. */
export const service: Service = {
  name: 'notifications',
  isWhole: false,
  errorForms: [],
  modules: (ports, config) => [
    accessOf(ports, config, 'checks'),
    ...contextsOf([NOTIFICATIONS], ports, { open311Keys: [], ...outboxOf(ports, config) }),
  ],
};
