import { streamOf } from '@onedoor/engine';
import { CATALOG_ID, SERVICE_CATALOG } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';

/** When the city was set up; null where there is none yet. */
export async function foundingOf({ store }: Ports): Promise<Instant | null> {
  const [opened] = await store.read(streamOf(SERVICE_CATALOG, CATALOG_ID), 0, 1);
  return opened?.recordedAt ?? null;
}
