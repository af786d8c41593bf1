import { canonicalJson } from '@onedoor/kernel';
import type { Collection } from '@onedoor/engine';
import { FACT_SHAPES, type FactEvent } from '../fact/events.js';
import type { FactState } from '../fact/state.js';
import type { Contribution } from './contribution.js';
import { contributionsOf } from './contributions-of.js';
import { dayLeafOf, leafId } from './leaf.js';

/** What each case adds to figures: one document a contribution, found by its leaf. */
export const CONTRIBUTIONS: Collection = { name: 'figure_contribution', version: 4, indexes: [['leaf']] };

/** The figures themselves: one document for each service of each department in each period. */
export const LEAVES: Collection = { name: 'figure_leaf', version: 4, indexes: [['level', 'period'], ['parent']] };

/** What the figures are made from. `collection` names the checkpoint. */
export const FIGURES: {
  readonly collection: Collection;
  readonly categories: readonly string[];
  readonly shapes: typeof FACT_SHAPES;
  readonly handles: readonly FactEvent['type'][];
} = {
  collection: LEAVES,
  categories: ['fact'],
  shapes: FACT_SHAPES,
  handles: [
    'FactSubmitted',
    'FactRouted',
    'FactPromised',
    'FactBreached',
    'FactExcused',
    'FactMilestone',
    'FactRevised',
    'FactReturned',
    'FactReturnCharged',
    'FactResolved',
    'FactReopened',
  ],
};

/** A contribution as it is kept. */
export type ContributionDocument = Contribution & { readonly leaf: string };

/** One contribution that an event made, changed or took away. */
export interface ContributionChange {
  readonly name: string;
  readonly before: ContributionDocument | null;
  readonly after: ContributionDocument | null;
}

/** What an event changed in what a case adds: the leaves on both sides of each change are to be summed anew, and no other. */
export function changesBetween(before: FactState, after: FactState): readonly ContributionChange[] {
  const [earlier, later] = [documentsOf(before), documentsOf(after)];
  const names = new Set([...earlier.keys(), ...later.keys()]);
  return [...names]
    .map((name) => ({ name, before: earlier.get(name) ?? null, after: later.get(name) ?? null }))
    .filter(({ before: one, after: other }) => one === null || other === null || canonicalJson(one) !== canonicalJson(other));
}

const documentsOf = (state: FactState): ReadonlyMap<string, ContributionDocument> =>
  new Map(contributionsOf(state).map((contribution) => [contribution.name, { ...contribution, leaf: leafId(dayLeafOf(contribution)) }]));
