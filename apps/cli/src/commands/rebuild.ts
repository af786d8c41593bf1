import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@onedoor/adapters';
import { PROJECTIONS } from '@onedoor/composition';
import { foldFromStart, hashCollection, Projector, rebuild as rebuildLive, type CollectionHash, type Projection, type Rebuilt } from '@onedoor/engine';
import { answer, UserError } from '../answer.js';
import { openToWrite } from '../open-data.js';

export interface RebuildOptions {
  readonly verify: boolean;
  readonly data: string;
  readonly json: boolean;
}

interface Outcome {
  readonly projection: Projection;
  readonly built: Rebuilt;
  readonly live: CollectionHash;
  readonly rebuilt: CollectionHash;
}

/**
 * `rebuild`: builds every read model anew from the log and puts it in place of the live one. `rebuild --verify` changes
 * nothing: it brings the live ones up to date, builds others beside them, and says whether they are equal.
 */
export async function rebuild({ verify, data: folder, json }: RebuildOptions): Promise<void> {
  if (!existsSync(join(folder, 'log.db'))) throw new UserError(`There is no data in ${folder}: name another folder with --data`);
  const open = await openToWrite(folder, 'rebuild');
  const scratchFolder = mkdtempSync(join(tmpdir(), 'onedoor-rebuild-'));
  const scratch = await openSqlite(scratchFolder);
  try {
    const outcomes: Outcome[] = [];
    let ms = 0;
    for (const projection of PROJECTIONS) {
      const { signal } = new AbortController();
      if (verify) await new Projector(projection, open.ports).run({ signal, untilCaughtUp: true });
      const started = performance.now();
      // What is built beside is the measure for what is live, whichever of the two ways it got there.
      const built = await foldFromStart(projection, projection.collection, open.ports, scratch.readModels, signal);
      ms += performance.now() - started;
      if (!verify) await rebuildLive(projection, open.ports, signal);
      outcomes.push({
        projection,
        built,
        live: await hashCollection(open.ports.readModels, projection.collection),
        rebuilt: await hashCollection(scratch.readModels, projection.collection),
      });
    }
    report(outcomes, ms, json);
  } finally {
    await scratch.close();
    rmSync(scratchFolder, { recursive: true, force: true });
    await open.close();
  }
}

function report(outcomes: readonly Outcome[], ms: number, json: boolean): void {
  const projections = outcomes.map(({ projection, built, live, rebuilt }) => ({
    name: projection.collection.name,
    events: built.events,
    documents: rebuilt.documents,
    hashLive: live.hash,
    hashRebuilt: rebuilt.hash,
    equal: live.hash === rebuilt.hash,
  }));
  const equal = projections.every((projection) => projection.equal);
  const read = outcomes.reduce((sum, { built }) => sum + built.read, 0);
  const eventsPerSecond = Math.round((read / ms) * 1_000);
  answer(json, { equal, eventsPerSecond, projections }, [
    ...projections.map(({ name, events, documents, equal: isEqual }) => `${name}: ${events} events, ${documents} documents, ${isEqual ? 'equal' : 'NOT EQUAL'}`),
    `${eventsPerSecond} events/s`,
  ]);
  if (!equal) process.exitCode = 1;
}

