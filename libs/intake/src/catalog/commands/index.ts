import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { ServiceCatalog, ServiceCatalogCommand } from '../decider.js';

export const CATALOG_COMMANDS: CommandSet<ServiceCatalog, ServiceCatalog, ServiceCatalogCommand, 'open' | 'add-services', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('CATALOG_UNKNOWN', 'The catalog is not open yet'),
  existing: (state) => (state.city === null ? null : state),
  commands: {
    open: systemCommand('open', 'OpenCatalog', 'Open the catalog of a city'),
    'add-services': systemCommand('add-services', 'AddServices', 'Add services to the catalog'),
  },
};
