import type { RecordedEvent } from '@onedoor/engine';

/** The events about one reference, by type, in the order of each stream. */
export type History = ReadonlyMap<string, readonly RecordedEvent[]>;

export const countOf = (history: History, type: string): number => history.get(type)?.length ?? 0;

/** The rounds of the events of a type. */
export const roundsOf = (history: History, type: string): readonly number[] => (history.get(type) ?? []).map(roundOf);

/** 1 where the event names none. */
export const roundOf = ({ data }: RecordedEvent): number => (data as { readonly round?: number }).round ?? 1;

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
