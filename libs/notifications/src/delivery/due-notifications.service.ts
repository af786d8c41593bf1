import type { DueItem, ReadModels } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { PENDING_NOTIFICATIONS, type PendingNotification } from './pending-notifications.js';

/** The next requests about which something may be sent now, behind one of them; by the index, however many wait. */
export async function dueNotifications(
  readModels: ReadModels,
  now: Instant,
  after: DueItem | null,
  limit: number,
): Promise<readonly DueItem[]> {
  const found = await readModels.find(PENDING_NOTIFICATIONS.collection, {
    where: { nextAttemptAt: { to: now } },
    sort: { field: 'nextAttemptAt' },
    ...(after && { after: { value: after.dueAt, id: after.id } }),
    limit,
  });
  return found.map(({ id, body }) => ({ id, dueAt: (body as unknown as PendingNotification).nextAttemptAt }));
}
