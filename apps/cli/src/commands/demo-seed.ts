import { TOPICS } from '@onedoor/composition';
import { foundDemo, printProgress, RIVERBEND } from '@onedoor/demo';
import { WorkerRunner } from '@onedoor/platform';
import { answer, UserError } from '../answer.js';
import { summarize } from '../log-summary.js';
import { openToWrite, withProduct, type DataOptions } from '../open-data.js';

interface DemoSeedOptions extends DataOptions {
  readonly cases: number;
  readonly json: boolean;
}

const MAX_CASES = 5_000;

/** `demo seed`: founds the demo city with its accounts and its history, where there is no data yet and no OneDoor runs. */
export function seedDemo({ cases, json, ...where }: DemoSeedOptions): Promise<void> {
  return withProduct(openToWrite(where, 'riverbend.example'), async (app, ports) => {
    await ports.bus.declare(TOPICS);
    if (!(await foundDemo(app, ports, { cases, onProgress: printProgress })))
      throw new UserError(`There is another city here than ${RIVERBEND.name}: name another place`);
    // A seeding that was killed after its last report may not have run the workers to the end, and this command starts none.
    await app.get(WorkerRunner).bringUpToDate();
    const summary = await summarize(ports);
    answer(json, summary, [`${RIVERBEND.name} has ${summary.cases} cases, in ${summary.events} events`]);
  });
}

/** The value of `--cases`. */
export function casesOf(text: string): number {
  const cases = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(cases <= MAX_CASES)) throw new UserError(`--cases: must be a whole number from 0 to ${MAX_CASES}`);
  return cases;
}
