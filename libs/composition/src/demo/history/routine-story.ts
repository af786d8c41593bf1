import { RETURN_REASONS, WAIT_REASONS, type Outcome } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';
import type { CaseAct } from './story.js';
import { departmentOf } from '../city/agreed.js';
import { reportBy } from '../city/report.js';
import { RIVERBEND } from '../city/riverbend.js';
import type { Die } from './die.js';
import { Script } from './script.js';
import type { Story } from './story.js';

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
const NOTES = [
  'Done by the morning crew',
  'Made safe; to be looked at again in spring',
  'Found as described',
  'Nobody was there; a card was left',
];

/** An everyday case: taken on, worked on with or without a detour, and done on time or late. */
export function routineStory(die: Die, key: string, at: Instant, service: string, now: Instant): Story {
  const script = new Script(key, at, reportBy(die, service));
  const department = takeOn(die, script, service);
  const share = die.chance(LATE[department] ?? USUALLY_LATE) ? die.between(1.2, 4) : die.between(0.15, 0.85);
  const workMs = script.agreed.workMs * share;
  script
    .after(workMs * 0.1, { name: 'accept' })
    .after(workMs * 0.15, { name: 'assign', body: { assignee: `crew-${1 + die.below(9)}` } })
    .after(workMs * 0.25, { name: 'start' });
  detour(die, script, workMs);
  finish(die, script, workMs * 0.5);
  return script.until(now);
}

/** Which department has it in the end: what 311 has to find out first, and what came to the wrong one, takes a moment longer. */
function takeOn(die: Die, script: Script, service: string): string {
  const first = departmentOf(service);
  if (first === null) {
    const department = die.pick(RIVERBEND.departments).code;
    script.router(die.between(0.5, 6) * HOUR_MS, { name: 'transfer', body: { department, reason: 'agreed_between_departments' } });
    return department;
  }
  if (!die.chance(0.06)) return first;
  script.after(die.between(0.2, 3) * HOUR_MS, {
    name: 'return',
    body: { reason: die.pick(RETURN_REASONS), note: 'Please have another look' },
  });
  script.router(die.between(0.2, 3) * HOUR_MS, { name: 'transfer', body: { department: first, reason: 'wrong_department' } });
  return first;
}

function detour(die: Die, script: Script, workMs: number): void {
  if (die.chance(0.08)) script.wait(workMs * 0.02, 'waiting for the resident', die.between(2, 20) * HOUR_MS);
  else if (die.chance(0.05)) script.wait(workMs * 0.02, die.pick(WAIT_REASONS), die.between(0.1, 0.4) * workMs);
}

function finish(die: Die, script: Script, workMs: number): void {
  const done = (): CaseAct => ({ name: 'resolve', body: { outcome: die.pick(OUTCOMES), note: die.chance(0.3) ? die.pick(NOTES) : null } });
  script.after(workMs, done()).after(die.between(4, 20) * HOUR_MS, { name: 'close' });
  if (!die.chance(0.04)) return;
  script
    .router(die.between(4, 40) * HOUR_MS, { name: 'reopen', body: { reason: 'not_fixed' } })
    .after(HOUR_MS, { name: 'accept' })
    .after(HOUR_MS, { name: 'start' })
    .after(die.between(1, 8) * HOUR_MS, done())
    .after(die.between(4, 12) * HOUR_MS, { name: 'close' });
}
