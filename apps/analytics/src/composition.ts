import { AnalyticsModule } from '@onedoor/analytics';
import { accessOf, cityZone, type Service } from '@onedoor/composition';

/** What was opened, closed, promised and kept. */
export const service: Service = {
  name: 'analytics',
  isWhole: false,
  errorForms: [],
  modules: (ports, config) => [accessOf(ports, config, 'checks'), AnalyticsModule.of({ zone: cityZone(ports) })],
};
