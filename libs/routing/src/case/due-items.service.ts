import type { DueItem, ReadModels } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { DUE_LIST, type DueListEntry } from './due-list.js';

/** The next entries of the due list that have come due, behind one of them; by its index, however many promises run. */
export async function dueItems(readModels: ReadModels, now: Instant, after: DueItem | null, limit: number): Promise<readonly DueItem[]> {
  const found = await readModels.find(DUE_LIST.collection, {
    where: { nextAt: { to: now } },
    sort: { field: 'nextAt' },
    ...(after && { after: { value: after.dueAt, id: after.id } }),
    limit,
  });
  return found.map(({ id, body }) => ({ id, dueAt: (body as unknown as DueListEntry).nextAt }));
}
