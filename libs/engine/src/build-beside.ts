import type { Checkpoints } from './ports/checkpoints.js';
import type { Position } from './ports/event-store.js';
import { Fenced } from './ports/failures.js';
import type { Collection, ReadModels } from './ports/read-models.js';

export interface BuildBesideOptions<Built> {
  /** The live collections that are built together. The first one names the turns. */
  readonly live: readonly [Collection, ...Collection[]];
  /** The checkpoint of whoever keeps them in step. */
  readonly checkpoint: string;
  readonly ports: { readonly readModels: ReadModels; readonly checkpoints: Checkpoints };
  /**
   * Builds from the first event into empty collections, given in the order of the live ones, and at least up to where those stand:
   * what ends before would take away what is shown already.
   */
  build(staged: readonly Collection[], reaching: Position | null): Promise<Built>;
}

/**
 * Builds collections beside the live ones, then puts them in their place.
 *
 * Several processes may begin the same at once. Each builds in a place of its own, and only the one that began last may promote;
 * the others stop as `Fenced`. The checkpoint is forgotten before the promotion and set after it: whoever is interrupted in
 * between leaves a log to be handled anew, which changes nothing where it was handled before, and never a gap.
 */
export async function buildBeside<Built extends { readonly position: Position | null }>(
  options: BuildBesideOptions<Built>,
): Promise<Built> {
  const { live, checkpoint, ports } = options;
  const { readModels, checkpoints } = ports;
  const turn = await takeTurn(live[0].name, checkpoints);
  const staged = live.map((collection) => stagedOf(collection, turn.number));
  // The one before may have been interrupted and left documents behind; so may one with this very number, in a log that was since replaced.
  for (const number of [turn.number - 1, turn.number]) {
    for (const collection of live)
      await readModels.promote({ ...collection, name: `${collection.name}_empty` }, stagedOf(collection, number));
  }
  const built = await options.build(staged, await checkpoints.load(checkpoint));
  await moveTo(checkpoint, null, checkpoints);
  await turn.check();
  for (const collection of live) await readModels.promote(stagedOf(collection, turn.number), collection);
  await turn.check();
  await moveTo(checkpoint, built.position, checkpoints);
  return built;
}

const stagedOf = (live: Collection, number: number): Collection => ({ ...live, name: `${live.name}_next_${number}` });

interface Turn {
  readonly number: number;
  /** Throws `Fenced` once a later one has begun. */
  check(): Promise<void>;
}

/** Numbers the rebuilds of a collection, across all processes. */
async function takeTurn(name: string, checkpoints: Checkpoints): Promise<Turn> {
  const counter = `rebuild:${name}`;
  for (;;) {
    const before = await checkpoints.load(counter);
    const number = Number(before ?? 0) + 1;
    if (!(await checkpoints.advance(counter, before, String(number)))) continue;
    return {
      number,
      async check() {
        if ((await checkpoints.load(counter)) !== String(number)) throw new Fenced(`A later rebuild of ${name} has begun`);
      },
    };
  }
}

/** Sets a checkpoint, whoever else moves it meanwhile. */
async function moveTo(name: string, to: Position | null, checkpoints: Checkpoints): Promise<void> {
  for (;;) {
    const from = await checkpoints.load(name);
    if (from === to || (await checkpoints.advance(name, from, to))) return;
  }
}
