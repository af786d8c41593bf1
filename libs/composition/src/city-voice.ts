import { Executor } from '@onedoor/engine';
import { Catalog } from '@onedoor/intake';
import type { CityVoice } from '@onedoor/notifications';
import type { Ports } from '@onedoor/platform';

/** As whom, and in whose time zone, residents are written to: as the city's catalog says by then. */
export function cityVoice({ store, jurisdiction }: Ports): () => Promise<CityVoice> {
  const catalog = new Catalog(new Executor(store, jurisdiction));
  return async () => {
    const { city, zone } = (await catalog.current()).catalog;
    return { name: city ?? 'City', zone: zone ?? 'UTC' };
  };
}
