import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import { reportBy } from '../city/residents.js';
import { SeededRandom } from './seeded-random.js';
import { longStory } from './long-story.js';
import { routineStory } from './routine-story.js';
import type { Story } from './story.js';
import { todaysStories } from './todays-stories.js';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

/** How far back a plan reaches. */
export const HISTORY_MS = 183 * DAY_MS;
/** The first two days are without cases: the city is only being set up. */
const CASES_MS = 181 * DAY_MS;

/** What residents of Riverbend report: a service is drawn as often as it is named. */
export const COMMON_SERVICES = [
  ...['pothole', 'pothole', 'pothole', 'street-light', 'street-light', 'traffic-signal'],
  ...['missed-pickup', 'missed-pickup', 'missed-pickup', 'recycling-sticker', 'illegal-dumping'],
  ...['fallen-tree', 'fallen-tree', 'park-equipment', 'graffiti', 'graffiti'],
  ...['water-leak', 'water-leak', 'hydrant', 'something-else'],
];

/** Between which hours of the day, counted in UTC, residents report. */
const FIRST_HOUR = 11;
const LAST_HOUR = 26;

/** The past that is written into the log. */
export interface Plan {
  readonly now: Instant;
  readonly stories: readonly Story[];
  /** Written after all others: where it is in the log, all of them are. */
  readonly last: Story;
}

/**
 * The six months of Riverbend before `now`, in so many cases, or a few more where these are too few for one of each kind. The same
 * arguments always make the same plan.
 */
export function planHistory(now: Instant, cases: number): Plan {
  const special = [longStory(now), ...todaysStories(now)];
  const routine = Math.max(0, cases - special.length - 1);
  return {
    now,
    stories: [...special, ...Array.from({ length: routine }, (_, index) => everydayStory(now, index, routine))].sort(byInstant),
    last: {
      key: 'the latest',
      at: instantOf(msOf(now) - MINUTE_MS),
      report: reportBy(new SeededRandom('the latest'), 'recycling-sticker'),
      steps: [],
    },
  };
}

const byInstant = (one: Story, other: Story): number => (one.at < other.at ? -1 : 1);

function everydayStory(now: Instant, index: number, count: number): Story {
  const key = `${index} of ${count}`;
  const random = new SeededRandom(key);
  return routineStory(random, key, arrival(random, now, index / count), random.pick(COMMON_SERVICES), now);
}

/** Spread evenly over the days; within one, most come around its middle. */
function arrival(random: SeededRandom, now: Instant, share: number): Instant {
  const dayMs = Math.floor((msOf(now) - CASES_MS * (1 - share)) / DAY_MS) * DAY_MS;
  const hour = FIRST_HOUR + ((random.next() + random.next()) / 2) * (LAST_HOUR - FIRST_HOUR);
  const latestMs = msOf(now) - (1 + random.below(300)) * MINUTE_MS;
  return instantOf(Math.min(dayMs + Math.round(hour * 60) * MINUTE_MS, latestMs));
}
