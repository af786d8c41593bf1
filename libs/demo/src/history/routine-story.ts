import { RETURN_REASONS, WAIT_REASONS, type Outcome } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import { departmentOf } from '../city/agreed.js';
import { reportBy } from '../city/residents.js';
import { RIVERBEND } from '../city/riverbend.js';
import type { SeededRandom } from './seeded-random.js';
import { StoryBuilder, type CaseAct, type Story } from './story.js';

const HOUR_MS = 3_600_000;

/** The share of its promises that a department breaks: parks has fallen behind, and its figures show it. */
const LATE: Readonly<Record<string, number>> = { streets: 0.09, sanitation: 0.06, water: 0.04, parks: 0.5 };
const USUALLY_LATE = 0.1;

const OUTCOMES: readonly Outcome[] = [
  'fixed',
  'fixed',
  'fixed',
  'fixed',
  'fixed',
  'scheduled',
  'answered',
  'duplicate',
  'no_violation',
  'no_access',
  'referred',
];
/** To whom the city refers what is not its own. */
const STATE_HIGHWAYS = { name: 'State Highways', contact: 'telephone 555-0142' };

const NOTES = [
  'Done by the morning crew',
  'Made safe; to be looked at again in spring',
  'Found as described',
  'Nobody was there; a card was left',
];

/** An everyday case: taken on, worked on with or without a detour, and done on time or late. */
export function routineStory(random: SeededRandom, key: string, at: Instant, service: string, now: Instant): Story {
  const builder = new StoryBuilder(key, at, reportBy(random, service));
  const department = takeOn(random, builder, service);
  const share = random.chance(LATE[department] ?? USUALLY_LATE) ? random.between(1.2, 4) : random.between(0.15, 0.85);
  const workMs = builder.agreed.workMs * share;
  builder
    .after(workMs * 0.1, { name: 'accept' })
    .after(workMs * 0.15, { name: 'assign', body: { assignee: `crew-${1 + random.below(9)}` } })
    .after(workMs * 0.25, { name: 'start' });
  detour(random, builder, workMs);
  finish(random, builder, workMs * 0.5);
  return builder.until(now);
}

/** Which department has it in the end: what 311 has to find out first, and what came to the wrong one, takes a moment longer. */
function takeOn(random: SeededRandom, builder: StoryBuilder, service: string): string {
  const first = departmentOf(service);
  if (first === null) {
    const department = random.pick(RIVERBEND.departments).code;
    builder.router(random.between(0.5, 6) * HOUR_MS, { name: 'transfer', body: { department, reason: 'agreed_between_departments' } });
    return department;
  }
  if (!random.chance(0.06)) return first;
  builder.after(random.between(0.2, 3) * HOUR_MS, {
    name: 'return',
    body: { reason: random.pick(RETURN_REASONS), note: 'Please have another look' },
  });
  builder.router(random.between(0.2, 3) * HOUR_MS, { name: 'transfer', body: { department: first, reason: 'wrong_department' } });
  return first;
}

function detour(random: SeededRandom, builder: StoryBuilder, workMs: number): void {
  if (random.chance(0.08)) builder.wait(workMs * 0.02, 'waiting for the resident', random.between(2, 20) * HOUR_MS);
  else if (random.chance(0.05)) builder.wait(workMs * 0.02, random.pick(WAIT_REASONS), random.between(0.1, 0.4) * workMs);
}

function finish(random: SeededRandom, builder: StoryBuilder, workMs: number): void {
  const done = (): CaseAct => {
    const outcome = random.pick(OUTCOMES);
    const note = random.chance(0.3) ? random.pick(NOTES) : null;
    return { name: 'resolve', body: { outcome, ...(outcome === 'referred' && { authority: STATE_HIGHWAYS }), note } };
  };
  builder.after(workMs, done()).after(random.between(4, 20) * HOUR_MS, { name: 'close' });
  if (!random.chance(0.04)) return;
  builder
    .router(random.between(4, 40) * HOUR_MS, { name: 'reopen', body: { reason: 'not_fixed' } })
    .after(HOUR_MS, { name: 'accept' })
    .after(HOUR_MS, { name: 'start' })
    .after(random.between(1, 8) * HOUR_MS, done())
    .after(random.between(4, 12) * HOUR_MS, { name: 'close' });
}
