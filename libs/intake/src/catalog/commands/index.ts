import { WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { ServiceCatalog, ServiceCatalogCommand } from '../decider.js';
import { addServices } from './add-services.js';
import { open } from './open.js';

export const CATALOG_COMMANDS: CommandSet<ServiceCatalog, ServiceCatalog, ServiceCatalogCommand, 'open' | 'add-services', never> = {
  ...WITHOUT_ROUTES,
  path: 'api/v1/catalog',
  missing: rejectAbsent('CATALOG_UNKNOWN', 'The catalog is not open yet'),
  existing: (state) => (state.city === null ? null : state),
  commands: { open, 'add-services': addServices },
};
