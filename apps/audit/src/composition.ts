import { AuditModule } from '@onedoor/audit';
import { accessOf, AUDITED_STREAMS, type Service } from '@onedoor/composition';

/** Every request's history, over all contexts. */
export const service: Service = {
  name: 'audit',
  isWhole: false,
  errorForms: [],
  modules: (ports, config) => [accessOf(ports, config, 'checks'), AuditModule.of(AUDITED_STREAMS)],
};
