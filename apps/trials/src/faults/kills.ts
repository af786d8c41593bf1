import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { demoProcess } from '../demo-process.js';
import type { Run, Tally, Trial } from './trial.js';
import { TriedCity } from './tried-city.js';

const CLIENTS = 4;
const KILLS_OF_A_KIND = { quick: 4, long: 25 };
const FOUNDINGS = { quick: 2, long: 10 };
const REPEATED_KEYS = 200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A moment at which the process is killed: it runs before, and has ended after. `random` is from 0 to just below 1. */
interface Moment {
  readonly name: string;
  kill(city: TriedCity, random: number): Promise<void>;
}

const MOMENTS: readonly Moment[] = [
  {
    name: 'at any time under load',
    kill: async ({ server }, random) => {
      await pause(100 + random * 1_400);
      await server.kill();
    },
  },
  {
    name: 'as soon as a request was acknowledged',
    kill: async ({ server, client }) => {
      await client.submit(randomUUID());
      await server.kill();
    },
  },
  {
    name: 'while a request is under way',
    kill: async ({ server, client }, random) => {
      // It is acknowledged by the process that comes next.
      const submitted = client.submit(randomUUID());
      submitted.catch(() => undefined);
      await pause(random * 30);
      await server.kill();
    },
  },
  {
    name: 'while it starts',
    kill: async ({ server }, random) => {
      await server.kill();
      server.launch();
      await pause(200 + random * 1_500);
      await server.kill();
    },
  },
  {
    name: 'while it stops',
    kill: async ({ server }, random) => {
      const stopped = server.stop();
      await pause(random * 200);
      await server.kill();
      await stopped;
    },
  },
];

export const KILLS: Trial = {
  name: 'kills',
  what: `SIGKILL ${MOMENTS.map(({ name }) => name).join('; ')}; while the city is founded. Keys are repeated afterwards`,
  run: async (run, tally) => {
    await foundings(run, tally);
    await killUnderLoad(run, tally);
  },
};

async function killUnderLoad(run: Run, tally: Tally): Promise<void> {
  const folder = join(run.folder, 'load');
  const city = new TriedCity(folder, await demoProcess(folder));
  await city.server.start();
  const settle = city.flood(CLIENTS);
  const rounds = run.isQuick ? KILLS_OF_A_KIND.quick : KILLS_OF_A_KIND.long;
  for (let round = 0; round < rounds; round++) {
    for (const moment of MOMENTS) {
      if (!run.hasTime()) {
        tally.skip(`a kill ${moment.name}`, 'no time was left');
        continue;
      }
      await moment.kill(city, run.random());
      tally.fault();
      await city.server.start();
    }
    run.say(`${(round + 1) * MOMENTS.length} kills, ${city.ledger.size} acknowledged`);
  }
  await settle();
  await city.repeat(REPEATED_KEYS);
  await city.audit(tally, 'kills under load');
}

/** Kills the first starts of new folders: a city that was half founded is founded whole by the next one. */
async function foundings(run: Run, tally: Tally): Promise<void> {
  const count = run.isQuick ? FOUNDINGS.quick : FOUNDINGS.long;
  for (let index = 0; index < count && run.hasTime(); index++) {
    const folder = join(run.folder, `founding-${index}`);
    const city = new TriedCity(folder, await demoProcess(folder));
    for (let kill = 0; kill < 2; kill++) {
      city.server.launch();
      await pause(700 + run.random() * 2_000);
      await city.server.kill();
      tally.fault();
    }
    await city.server.start();
    for (let request = 0; request < 6; request++) await city.client.submit(randomUUID());
    await city.audit(tally, 'kills while the city was founded');
  }
}
