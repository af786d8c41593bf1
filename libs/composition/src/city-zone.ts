import { Executor } from '@onedoor/engine';
import { Catalog } from '@onedoor/intake';
import { assert } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';

/** The zone of the city's days, as its catalog says. A catalog is opened once and for all, so it is asked until it knows. */
export function cityZone({ store, jurisdiction }: Ports): () => Promise<string> {
  const catalog = new Catalog(new Executor(store, jurisdiction));
  let zone: string | null = null;
  return async () => {
    zone ??= (await catalog.current()).catalog.zone;
    assert(zone !== null, 'nothing is reported before the catalog is open');
    return zone;
  };
}
