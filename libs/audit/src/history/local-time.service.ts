import type { EventStore } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { localTimeWords } from '@onedoor/sla';

/** The zone of the city's days, as the first event of its catalog says it; null before that. It never changes. */
export async function cityZone(store: Pick<EventStore, 'read'>): Promise<string | null> {
  const [opened] = await store.read('catalog-city', 0, 1);
  const { zone } = (opened?.data ?? {}) as { readonly zone?: unknown };
  return typeof zone === 'string' ? zone : null;
}

/** An instant as contexts write it in their sentences: the one spelling that it has in events. */
const INSTANT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z/g;

/** A sentence about what happened at `at`, with its instants in the time of the city; as it is where no zone is known. */
export const inLocalTime = (sentence: string, zone: string | null, at: Instant): string =>
  zone === null ? sentence : sentence.replace(INSTANT, (instant) => localTimeWords(instant, zone, at));
