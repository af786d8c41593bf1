import type { Contribution } from './contribution.js';
import { levelAbove, periodAt, type Level, type Period } from './period.js';
import { addTotals, type Totals } from './totals.js';

/** Where figures are kept: one service of one department in one period. */
export interface LeafName {
  readonly level: Level;
  readonly period: Period;
  readonly service: string;
  /** Null in triage. */
  readonly department: string | null;
}

/** The figures of one leaf; days are summed from cases, months from their days, years from their months. */
export interface Leaf extends LeafName, Totals {
  /** The id of the leaf above, of which this one is a part; null for years. */
  readonly parent: string | null;
}

/** Names hold any character, so they are joined as JSON: no two leaves share an id. */
export const leafId = ({ period, service, department }: LeafName): string => JSON.stringify([period, service, department]);

export const dayLeafOf = ({ day, service, department }: Contribution): LeafName => ({ level: 'day', period: day, service, department });

export function parentOf({ level, period, service, department }: LeafName): LeafName | null {
  const above = levelAbove(level);
  return above && { level: above, period: periodAt(above, period), service, department };
}

export function leafOf(name: LeafName, totals: Totals): Leaf {
  const parent = parentOf(name);
  return { ...name, parent: parent && leafId(parent), ...totals };
}

/**
 * A leaf from its parts. Years are read only to count what is open, over any number of them: they keep no durations, which would grow with
 * each case.
 */
export function sumOf(name: LeafName, parts: readonly Leaf[]): Leaf {
  const totals = addTotals(parts);
  return leafOf(name, name.level === 'year' ? { ...totals, durations: [] } : totals);
}
