import type { FactEvent } from './events.js';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const FACT_SHAPES: Readonly<Record<FactEvent['type'], { readonly v: number }>> = {
  FactSubmitted: { v: 1 },
  FactRouted: { v: 1 },
  FactPromised: { v: 1 },
  FactBreached: { v: 1 },
  FactExcused: { v: 1 },
  FactResolved: { v: 1 },
  FactReopened: { v: 1 },
};
