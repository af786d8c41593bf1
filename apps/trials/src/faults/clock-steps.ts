import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Ledger } from '../chaos/ledger.js';
import { settledLog } from '../chaos/settled-log.js';
import { demoProcess, secondsToMidnight } from '../demo-process.js';
import type { Run, Tally, Trial } from './trial.js';
import { TriedCity } from './tried-city.js';

const HOUR = 3_600;
const WALKS = { quick: 1, long: 5 };
const KEYS = 10;

/** Where the city's clock stands at each start, in seconds from a midnight: over it and back, and as far as a day's keys are found. */
const WALK: readonly number[] = [-30, 120, -60, 23 * HOUR, HOUR, -30, -23 * HOUR, -24 * HOUR - 120, -2 * HOUR];

export const CLOCK_STEPS: Trial = {
  name: 'clock-steps',
  what:
    `the clock steps ${WALK.length - 1} times, forth and back over midnight and by up to a day, with a kill at each step: ` +
    'keys of before the step lead to the requests that they led to first',
  run: async (run, tally) => {
    for (let walk = 0; walk < (run.isQuick ? WALKS.quick : WALKS.long) && run.hasTime(); walk++)
      await walkClock(join(run.folder, `walk-${walk}`), run, tally);
  },
};

async function walkClock(folder: string, run: Run, tally: Tally): Promise<void> {
  const midnight = secondsToMidnight();
  const ledger = new Ledger();
  let earlier: readonly string[] = [];
  for (const [index, seconds] of WALK.entries()) {
    // Steps of a later walk differ by some seconds.
    const offset = midnight + seconds + Math.round(run.random() * 20);
    const city = new TriedCity(folder, await demoProcess(folder, { clockOffsetSeconds: offset }), ledger);
    const keys = Array.from({ length: KEYS }, () => randomUUID());
    await city.server.start();
    for (const key of earlier) await city.client.submit(key);
    for (const key of keys) await city.client.submit(key);
    tally.log(await settledLog(folder, ledger.all()), `step ${index} of the clock`);
    tally.acknowledged(keys.length);
    if (index > 0) tally.fault();
    earlier = keys;
    await city.server.kill();
  }
  tally.found('doubled', 'keys that led to another request after the clock had stepped', ledger.contradicted);
}
