import { instantOf, msOf, type Instant, type Reference } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';
import { foundingOf } from './founding.js';
import { referenceOf } from './live-history.js';
import { LONG_STORY_KEY, longStoryBegins } from './long-story.js';
import { HISTORY_MS } from './plan-history.js';

const DAY_MS = 86_400_000;

/** A case that everything happened to, and an instant in the middle of it. Null where the city has no past. */
export async function findLongStory(ports: Ports): Promise<{ readonly reference: Reference; readonly midway: Instant } | null> {
  const foundedAt = await foundingOf(ports);
  if (foundedAt === null) return null;
  const at = longStoryBegins(instantOf(msOf(foundedAt) + HISTORY_MS));
  const reference = await referenceOf(ports, { key: LONG_STORY_KEY, at });
  return reference === null ? null : { reference, midway: instantOf(msOf(at) + 4 * DAY_MS) };
}
