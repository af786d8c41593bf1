import { MemoryReadModels } from '@onedoor/adapters';
import { viewsOf } from '@onedoor/composition';
import { hashCollection } from '@onedoor/engine';
import type { Ports } from '@onedoor/platform';

/** The collections whose documents differ from a fold of the whole log. */
export async function unequalViews(ports: Ports): Promise<readonly string[]> {
  const { signal } = new AbortController();
  const unequal: string[] = [];
  for (const view of viewsOf(ports)) {
    const built = new MemoryReadModels();
    await view.buildInto(built, signal);
    for (const collection of view.collections) {
      const [live, folded] = await Promise.all([hashCollection(ports.readModels, collection), hashCollection(built, collection)]);
      if (live.hash !== folded.hash) unequal.push(`${collection.name}: ${live.documents} documents, ${folded.documents} by a fold`);
    }
  }
  return unequal;
}
