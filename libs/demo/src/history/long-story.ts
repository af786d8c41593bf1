import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import { reportBy } from '../city/residents.js';
import { SeededRandom } from './seeded-random.js';
import { StoryBuilder, type Story } from './story.js';

const HOUR_MS = 3_600_000;
const AGO_MS = 40 * 24 * HOUR_MS;

export const LONG_STORY_KEY = 'the long story';

export const longStoryBegins = (now: Instant): Instant => instantOf(msOf(now) - AGO_MS);

/** A pothole with a long history, for auditors: two departments, a return, a pause, a breach, and a second round. */
export function longStory(now: Instant): Story {
  const report = {
    ...reportBy(new SeededRandom(LONG_STORY_KEY), 'pothole'),
    channel: 'web',
    language: 'en',
    description: 'Water stands in it, even on dry days',
    contact: { firstName: 'Carmen', lastName: 'Brook', email: 'carmen.brook@example.org' },
  } as const;
  return new StoryBuilder(LONG_STORY_KEY, longStoryBegins(now), report)
    .after(HOUR_MS, { name: 'accept' })
    .after(HOUR_MS, { name: 'assign', body: { assignee: 'crew-3' } })
    .after(2 * HOUR_MS, { name: 'start' })
    .wait(HOUR_MS, 'waiting for the resident', 6 * HOUR_MS)
    .after(HOUR_MS, { name: 'transfer', body: { department: 'water', reason: 'next_step' } })
    .after(HOUR_MS, { name: 'accept' })
    .after(2 * HOUR_MS, {
      name: 'return',
      body: { reason: 'wrong_department', note: 'The pipe is dry; the water is rain that the street holds' },
    })
    .router(HOUR_MS, { name: 'transfer', body: { department: 'streets', reason: 'wrong_department' } })
    .after(2 * HOUR_MS, { name: 'accept' })
    .after(HOUR_MS, { name: 'assign', body: { assignee: 'crew-5' } })
    .wait(HOUR_MS, 'materials', 24 * HOUR_MS)
    .after(HOUR_MS, { name: 'start' })
    .after(3 * HOUR_MS, { name: 'resolve', body: { outcome: 'fixed', note: 'Filled; the drain was cleared' } })
    .after(8 * HOUR_MS, { name: 'close' })
    .router(16 * HOUR_MS, { name: 'reopen', body: { reason: 'came_back' } })
    .after(HOUR_MS, { name: 'accept' })
    .after(HOUR_MS, { name: 'assign', body: { assignee: 'crew-5' } })
    .after(HOUR_MS, { name: 'start' })
    .after(4 * HOUR_MS, { name: 'resolve', body: { outcome: 'fixed', note: 'Paved anew' } })
    .after(8 * HOUR_MS, { name: 'close' })
    .until(now);
}
