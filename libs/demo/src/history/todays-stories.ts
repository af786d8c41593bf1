import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import { departmentOf } from '../city/agreed.js';
import { reportBy } from '../city/residents.js';
import { SeededRandom } from './seeded-random.js';
import type { CaseAct, Step, Story } from './story.js';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** How many hours before now it was reported, and each step done. */
interface Draft {
  readonly service: string;
  readonly hoursAgo: number;
  readonly steps?: readonly (readonly [hoursAgo: number, act: CaseAct])[];
}

const ACCEPT: CaseAct = { name: 'accept' };
const START: CaseAct = { name: 'start' };
const assign = (crew: number): CaseAct => ({ name: 'assign', body: { assignee: `crew-${crew}` } });

/** The recent cases as of `now`, in every state that staff work with: some fall due within the hour, some are overdue. */
const draftsAt = (now: Instant): readonly Draft[] => [
  {
    service: 'traffic-signal',
    hoursAgo: 3,
    steps: [
      [2.9, ACCEPT],
      [2.5, assign(2)],
      [2, START],
    ],
  },
  { service: 'fallen-tree', hoursAgo: 23, steps: [[20, ACCEPT]] },
  {
    service: 'fallen-tree',
    hoursAgo: 2.2 * DAY_HOURS,
    steps: [
      [40, ACCEPT],
      [30, assign(7)],
    ],
  },
  {
    service: 'fallen-tree',
    hoursAgo: 4 * DAY_HOURS,
    steps: [
      [70, ACCEPT],
      [60, assign(8)],
      [20, START],
    ],
  },
  { service: 'fallen-tree', hoursAgo: 6.5 * DAY_HOURS },
  {
    service: 'park-equipment',
    hoursAgo: 16 * DAY_HOURS,
    steps: [
      [300, ACCEPT],
      [200, assign(7)],
    ],
  },
  { service: 'graffiti', hoursAgo: 12 * DAY_HOURS, steps: [[250, ACCEPT]] },
  {
    service: 'pothole',
    hoursAgo: 9 * DAY_HOURS,
    steps: [
      [210, ACCEPT],
      [190, assign(3)],
    ],
  },
  {
    service: 'pothole',
    hoursAgo: 30,
    steps: [
      [28, ACCEPT],
      [
        20,
        {
          name: 'wait',
          body: { reason: 'waiting for the resident', expectedUntil: later(now, 2 * DAY_HOURS), note: 'Which of the two lanes?' },
        },
      ],
    ],
  },
  {
    service: 'street-light',
    hoursAgo: 3 * DAY_HOURS,
    steps: [
      [60, ACCEPT],
      [50, assign(1)],
      [6, { name: 'wait', body: { reason: 'materials', expectedUntil: later(now, 3 * DAY_HOURS), note: null } }],
    ],
  },
  {
    service: 'street-light',
    hoursAgo: 26,
    steps: [[5, { name: 'return', body: { reason: 'outside_jurisdiction', note: 'A private road' } }]],
  },
  {
    service: 'missed-pickup',
    hoursAgo: 50,
    steps: [
      [49, ACCEPT],
      [48.5, assign(4)],
      [48, START],
      [3, { name: 'resolve', body: { outcome: 'fixed', note: null } }],
    ],
  },
  { service: 'recycling-sticker', hoursAgo: 0.4 },
  {
    service: 'illegal-dumping',
    hoursAgo: 20,
    steps: [
      [18, ACCEPT],
      [5, assign(6)],
    ],
  },
  {
    service: 'water-leak',
    hoursAgo: 7.2,
    steps: [
      [7, ACCEPT],
      [6.8, assign(9)],
      [6, START],
    ],
  },
  { service: 'hydrant', hoursAgo: 1.5, steps: [[1.4, ACCEPT]] },
  { service: 'something-else', hoursAgo: 28 },
  { service: 'something-else', hoursAgo: 4 },
];

export const todaysStories = (now: Instant): readonly Story[] =>
  draftsAt(now).map(({ service, hoursAgo, steps = [] }, index) => {
    const key = `today ${index}`;
    const desk = `${departmentOf(service) ?? ''}-desk`;
    return {
      key,
      at: later(now, -hoursAgo),
      report: reportBy(new SeededRandom(key), service),
      steps: steps.map(([ago, act]): Step => ({ at: later(now, -ago), by: desk, act })),
    };
  });

function later(now: Instant, hours: number): Instant {
  return instantOf(msOf(now) + Math.round(hours * HOUR_MS));
}
