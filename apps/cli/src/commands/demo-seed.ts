import { TOPICS } from '@onedoor/composition';
import { foundDemo, printProgress, RIVERBEND } from '@onedoor/demo';
import { WorkerRunner } from '@onedoor/platform';
import { answer, UserError } from '../answer.js';
import type { DataOptions } from '../data-options.js';
import { summarize } from '../log-summary.js';
import { openToWrite, startProduct } from '../open-data.js';

export interface DemoSeedOptions extends DataOptions {
  readonly cases: number;
  readonly json: boolean;
}

const MOST_CASES = 5_000;

/** `demo seed`: the demo city with its accounts and its past, where there is nothing yet and nothing runs. */
export async function seedDemo({ cases, json, ...where }: DemoSeedOptions): Promise<void> {
  const open = await openToWrite(where, 'riverbend.example');
  const app = await startProduct(open, { open311Keys: [] });
  try {
    await open.ports.bus.declare(TOPICS);
    if (!(await foundDemo(app, open.ports, { cases, onProgress: printProgress })))
      throw new UserError(`There is another city here than ${RIVERBEND.name}: name another place`);
    // A seeding that was killed after its last report left it to the workers of the next start: here there are none but these.
    await app.get(WorkerRunner).bringUpToDate();
    const summary = await summarize(open.ports);
    answer(json, summary, [`${RIVERBEND.name} has ${summary.cases} cases, in ${summary.events} events`]);
  } finally {
    await app.close();
    await open.close();
  }
}

/** The value of `--cases`. */
export function casesOf(text: string): number {
  const cases = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(cases <= MOST_CASES)) throw new UserError(`--cases: must be a whole number from 0 to ${MOST_CASES}`);
  return cases;
}
