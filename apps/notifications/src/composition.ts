import { accessOf, cityVoice, outboxOf, type Service } from '@onedoor/composition';
import { NotificationsModule } from '@onedoor/notifications';

/** What is written to residents, and what became of it. */
export const service: Service = {
  name: 'notifications',
  isWhole: false,
  errorForms: [],
  modules: (ports, config) => [
    accessOf(ports, config, 'checks'),
    NotificationsModule.of({ city: cityVoice(ports), ...outboxOf(ports, config) }),
  ],
};
