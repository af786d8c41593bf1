import { streamOf } from '@onedoor/engine';
import { CATALOG_ID, findSubmitted, SERVICE_CATALOG } from '@onedoor/intake';
import { instantOf, msOf, type Instant, type Reference } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';
import { RIVERBEND } from '../city/riverbend.js';
import { LONG_STORY_KEY, longStoryBegins } from './long-story.js';
import { HISTORY_MS } from './plan-history.js';
import { DEMO_CALLER } from './player.js';
import type { Story } from './story.js';

const DAY_MS = 86_400_000;

type Log = Pick<Ports, 'store'>;

/** A case with a long history, and an instant in the middle of it. Null where the city has no past. */
export async function findLongStory(log: Log): Promise<{ readonly reference: Reference; readonly midway: Instant } | null> {
  const foundedAt = await foundingOf(log);
  if (foundedAt === null) return null;
  const at = longStoryBegins(instantOf(msOf(foundedAt) + HISTORY_MS));
  const reference = await referenceOf(log, { key: LONG_STORY_KEY, at });
  return reference === null ? null : { reference, midway: instantOf(msOf(at) + 4 * DAY_MS) };
}

/** The reference under which a story is in the log; null where it is not. */
export const referenceOf = ({ store }: Log, { key, at }: Pick<Story, 'key' | 'at'>): Promise<Reference | null> =>
  findSubmitted(store, RIVERBEND.zone, { caller: DEMO_CALLER, key, at });

/** When the city was set up; null where there is none yet. */
export async function foundingOf({ store }: Log): Promise<Instant | null> {
  const [opened] = await store.read(streamOf(SERVICE_CATALOG, CATALOG_ID), 0, 1);
  return opened?.recordedAt ?? null;
}
