import type { Checkpoints } from './ports/checkpoints.js';
import type { Position } from './ports/event-store.js';
import { Fenced } from './ports/failures.js';
import type { Collection, ReadModels } from './ports/read-models.js';

interface BuildBesideOptions<Built> {
  /** The live collections that are built together. The fencing token is kept under the name of the first one. */
  readonly live: readonly [Collection, ...Collection[]];
  /** The checkpoint of the projector of these collections. */
  readonly checkpoint: string;
  readonly ports: { readonly readModels: ReadModels; readonly checkpoints: Checkpoints };
  /**
   * Builds from the first event into empty collections, given in the order of the live ones, at least up to the position of the live
   * ones (`reaching`): a build that ends before it would remove documents that are served already.
   */
  build(staged: readonly Collection[], reaching: Position | null): Promise<Built>;
}

/**
 * Builds collections beside the live ones, then replaces those.
 *
 * Several processes may do so at once. Each builds into collections of its own, and a fencing token lets only the one that began last
 * promote; the others stop as `Fenced`. The checkpoint is deleted before the promotion and set after it: a process that is
 * interrupted in between leaves events to be handled again, which changes nothing, and never a gap.
 */
export async function buildBeside<Built extends { readonly position: Position | null }>(
  options: BuildBesideOptions<Built>,
): Promise<Built> {
  const { live, checkpoint, ports } = options;
  const { readModels, checkpoints } = ports;
  const token = await takeToken(live[0].name, checkpoints);
  const staged = live.map((collection) => stagedOf(collection, token.number));
  // An interrupted build may have left documents under the number before this one, or under this one in a log that was since replaced.
  for (const number of [token.number - 1, token.number]) {
    for (const collection of live)
      await readModels.promote({ ...collection, name: `${collection.name}_empty` }, stagedOf(collection, number));
  }
  const built = await options.build(staged, await checkpoints.load(checkpoint));
  await moveTo(checkpoint, null, checkpoints);
  await token.check();
  for (const collection of live) await readModels.promote(stagedOf(collection, token.number), collection);
  await token.check();
  await moveTo(checkpoint, built.position, checkpoints);
  return built;
}

const stagedOf = (live: Collection, number: number): Collection => ({ ...live, name: `${live.name}_next_${number}` });

interface FencingToken {
  readonly number: number;
  /** Throws `Fenced` once a later rebuild has begun. */
  check(): Promise<void>;
}

/** Numbers the rebuilds of a collection, across all processes. */
async function takeToken(name: string, checkpoints: Checkpoints): Promise<FencingToken> {
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

/** Sets a checkpoint, also where other processes move it meanwhile. */
async function moveTo(name: string, to: Position | null, checkpoints: Checkpoints): Promise<void> {
  for (;;) {
    const from = await checkpoints.load(name);
    if (from === to || (await checkpoints.advance(name, from, to))) return;
  }
}
