import {
  readUpTo,
  upcast,
  type Collection,
  type LogPorts,
  type Position,
  type Put,
  type ReadModels,
  type RecordedEvent,
} from '@onedoor/engine';
import { idOf, BoundedCache, laterOf } from '@onedoor/kernel';
import type { FactEvent } from '../fact/events.js';
import type { FactState } from '../fact/state.js';
import { dayLeafOf, leafId, leafOf, parentOf, sumOf, type Leaf, type LeafName } from './leaf.js';
import { totalsOf } from './totals.js';
import { FACT } from '../fact/decider.js';
import { findAll } from './find-all.service.js';
import { changesBetween, type ContributionDocument } from './collections.js';

/** Where figures are written. */
export interface FiguresTarget {
  readonly contributions: Collection;
  readonly leaves: Collection;
}

/** Leaves that must be summed anew, by id, each with the position of the last event that touched it. */
type Dirty = Map<string, { readonly name: LeafName; readonly position: Position }>;

const BEFORE_ALL = { state: FACT.decider.initial, revision: -1 } as const;
const CACHED_STREAMS = 20_000;
/** Leaves whose parts are asked for in one question. */
const LEAVES_AT_ONCE = 100;

/**
 * Writes figures. Nothing is ever added to a figure: an event says which leaves it touches, and those are summed anew from all
 * that contributes to them, so a page handled twice, or in other pages, leads to the same documents, positions included.
 */
export class FiguresWriter {
  /** What streams said up to a revision. */
  private readonly folds = new BoundedCache<string, { readonly state: FactState; readonly revision: number }>(CACHED_STREAMS);

  constructor(
    private readonly target: FiguresTarget,
    private readonly log: LogPorts,
    private readonly readModels: ReadModels,
  ) {}

  /**
   * Contributions first, then the leaves from the smallest up: a crash in between repeats the page, which mends what is missing.
   * Writes nothing and throws `Unavailable` where the log does not tell what was before an event.
   */
  async write(events: readonly RecordedEvent[], signal: AbortSignal): Promise<void> {
    const puts = new Map<string, Put>();
    let dirty: Dirty = new Map();
    for (const event of events) await this.note(event, puts, dirty, signal);
    if (puts.size === 0) return;
    await this.readModels.apply(this.target.contributions, [...puts.values()]);
    for (; dirty.size > 0; dirty = above(dirty)) {
      const leaves: Put[] = [];
      const names = [...dirty];
      for (let first = 0; first < names.length; first += LEAVES_AT_ONCE)
        leaves.push(...(await this.sums(names.slice(first, first + LEAVES_AT_ONCE))));
      await this.readModels.apply(this.target.leaves, leaves);
    }
  }

  private async note(event: RecordedEvent, puts: Map<string, Put>, dirty: Dirty, signal: AbortSignal): Promise<void> {
    const { stream, revision, position } = event;
    const before = await this.before(event, signal);
    const after = foldOf([event], before);
    this.folds.set(stream, { state: after, revision });
    for (const change of changesBetween(before, after)) {
      const id = `${idOf(stream)}.${change.name}`;
      puts.set(id, { id, position, body: change.after === null ? null : { ...change.after } });
      for (const side of [change.before, change.after]) if (side !== null) dirty.set(side.leaf, { name: dayLeafOf(side), position });
    }
  }

  /** What its stream said before the event, never more: what was written since is in a page of its own. */
  private async before({ stream, revision }: RecordedEvent, signal: AbortSignal): Promise<FactState> {
    const kept = this.folds.get(stream);
    const start = kept !== undefined && kept.revision < revision ? kept : BEFORE_ALL;
    return foldOf(await readUpTo(this.log, stream, start.revision + 1, revision - 1, signal), start.state);
  }

  /** These leaves, all of one level, as their parts have them. A leaf that nothing contributes to any more is taken away. */
  private async sums(
    dirty: readonly (readonly [id: string, { readonly name: LeafName; readonly position: Position }])[],
  ): Promise<readonly Put[]> {
    const ids = dirty.map(([id]) => id);
    const isOfDays = dirty[0]?.[1].name.level === 'day';
    const [collection, field] = isOfDays ? [this.target.contributions, 'leaf'] : [this.target.leaves, 'parent'];
    const parts = Map.groupBy(await findAll(this.readModels, collection, { [field]: { in: ids } }, field), ({ body }) => body[field]);
    return dirty.map(([id, { name, position }]) => {
      const bodies = parts.get(id)?.map(({ body }) => body as unknown);
      if (bodies === undefined) return { id, position, body: null };
      return {
        id,
        position,
        body: { ...(isOfDays ? leafOf(name, totalsOf(bodies as ContributionDocument[])) : sumOf(name, bodies as Leaf[])) },
      };
    });
  }
}

const foldOf = (events: readonly RecordedEvent[], before: FactState): FactState =>
  events.reduce((state, event) => FACT.decider.evolve(state, upcast(FACT.shapes, event) as unknown as FactEvent), before);

/** The leaves that these are parts of. */
function above(dirty: Dirty): Dirty {
  const parents: Dirty = new Map();
  for (const { name, position } of dirty.values()) {
    const parent = parentOf(name);
    if (parent === null) continue;
    const id = leafId(parent);
    parents.set(id, { name: parent, position: laterOf(position, parents.get(id)?.position ?? position) });
  }
  return parents;
}
