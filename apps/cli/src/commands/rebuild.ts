import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@onedoor/adapters';
import { viewsOf } from '@onedoor/composition';
import { hashCollection, type CollectionHash } from '@onedoor/engine';
import { answer } from '../answer.js';
import { openExisting, type DataOptions } from '../open-data.js';

interface RebuildOptions extends DataOptions {
  readonly verify: boolean;
  readonly json: boolean;
}

interface Outcome {
  readonly name: string;
  readonly events: number;
  readonly live: CollectionHash;
  readonly rebuilt: CollectionHash;
}

/**
 * `rebuild`: builds every read model from the log and replaces the live one by it. `rebuild --verify` replaces nothing: it brings the live
 * ones up to date, builds others in a temporary folder, and compares them.
 */
export async function rebuild({ verify, json, ...where }: RebuildOptions): Promise<void> {
  const open = await openExisting(where);
  const scratchFolder = mkdtempSync(join(tmpdir(), 'onedoor-rebuild-'));
  const scratch = await openSqlite(scratchFolder);
  try {
    const outcomes: Outcome[] = [];
    let ms = 0;
    let eventsRead = 0;
    for (const view of viewsOf(open.ports)) {
      const { signal } = new AbortController();
      if (verify) await view.catchUp(signal);
      const started = performance.now();
      // The live view is compared with this one, after a catch-up as after a rebuild.
      const { read, events } = await view.buildInto(scratch.readModels, signal);
      ms += performance.now() - started;
      eventsRead += read;
      if (!verify) await view.rebuild(signal);
      for (const collection of view.collections) {
        const live = await hashCollection(open.ports.readModels, collection);
        outcomes.push({ name: collection.name, events, live, rebuilt: await hashCollection(scratch.readModels, collection) });
      }
    }
    report(outcomes, Math.round((eventsRead / ms) * 1_000), json);
  } finally {
    await scratch.close();
    rmSync(scratchFolder, { recursive: true, force: true });
    await open.close();
  }
}

function report(outcomes: readonly Outcome[], eventsPerSecond: number, json: boolean): void {
  const projections = outcomes.map(({ name, events, live, rebuilt }) => ({
    name,
    events,
    documents: rebuilt.documents,
    hashLive: live.hash,
    hashRebuilt: rebuilt.hash,
    equal: live.hash === rebuilt.hash,
  }));
  const equal = projections.every((projection) => projection.equal);
  answer(json, { equal, eventsPerSecond, projections }, [
    ...projections.map(
      ({ name, events, documents, equal: isEqual }) =>
        `${name}: ${events} events, ${documents} documents, ${isEqual ? 'equal' : 'NOT EQUAL'}`,
    ),
    `${eventsPerSecond} events/s`,
  ]);
  if (!equal) process.exitCode = 1;
}
