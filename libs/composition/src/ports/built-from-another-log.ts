import { VoidPosition, type Collection, type EventStore, type Position, type ProjectorPorts, type ReadModels } from '@onedoor/engine';
import type { Context } from '@onedoor/platform';
import { CONTEXTS, relayCheckpointsOf, viewsOf } from '../contexts.js';

/**
 * The names of the checkpoints that are of another log than the one at hand: it was put back to an earlier backup, whether or not it has
 * grown past the old positions since, or it was replaced. None in a sound city. Asked before anything is written, because what is appended
 * now would stand where events were that views and consumers have already seen. Changes nothing; about a dozen short reads side by side.
 */
export async function builtFromAnotherLog(ports: ProjectorPorts, contexts: readonly Context[] = CONTEXTS): Promise<readonly string[]> {
  const relays = relayCheckpointsOf(contexts).map((checkpoint) => ({ checkpoint, collections: [] }));
  const names = await Promise.all(
    [...viewsOf(ports, contexts), ...relays].map(async ({ checkpoint, collections }) => {
      const position = await ports.checkpoints.load(checkpoint);
      const positions = position === null ? await endsOf(collections, ports.readModels) : [position];
      const areVoid = await Promise.all(positions.map((each) => isVoid(each, ports.store)));
      return areVoid.includes(true) ? [checkpoint] : [];
    }),
  );
  return names.flat();
}

/**
 * The lowest and the highest position among documents that no checkpoint speaks of: their building was interrupted, or the checkpoint was
 * removed by hand. Where documents of two incarnations stand together, one of the two is of another log.
 */
async function endsOf(collections: readonly Collection[], readModels: ReadModels): Promise<readonly Position[]> {
  let ends: readonly Position[] = [];
  for (const collection of collections) {
    for await (const page of readModels.scan(collection)) {
      const sorted = [...ends, ...page.map(({ position }) => position)].sort();
      ends = [...new Set([...sorted.slice(0, 1), ...sorted.slice(-1)])];
    }
  }
  return ends;
}

/** A subscription says so before its first answer. */
async function isVoid(position: Position, store: EventStore): Promise<boolean> {
  const enough = new AbortController();
  const answers = store.subscribe({ after: position, pageSize: 1, signal: enough.signal })[Symbol.asyncIterator]();
  try {
    await answers.next();
    return false;
  } catch (error) {
    if (error instanceof VoidPosition) return true;
    throw error;
  } finally {
    enough.abort();
    await answers.return?.();
  }
}
