import { CONTEXTS } from '@onedoor/composition';
import type { EventStore, RecordedEvent } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { countOf, roundsOf, sum, type History } from './history.js';
import { missingNotifications, notificationsUnderWay } from './notifications-of.js';

export interface Effects {
  /** Acknowledged references that are not in the log. */
  readonly lost: number;
  /** Keys that led to more than one request. */
  readonly doubled: number;
  readonly withoutOneCase: number;
  /** Promises of rounds that were neither resolved nor breached. */
  readonly promisesWithoutCloseOrBreach: number;
  /** Events of one context on which another context should have acted, and did not. */
  readonly messagesWithoutEffect: number;
  /** Messages to residents that are neither sent nor suppressed, nor held for what may follow them. */
  readonly notificationsUnderWay: number;
  readonly events: number;
}

const PAGE_EVENTS = 4_096;

/** The categories, in all contexts, of the streams whose id is a reference. */
const CATEGORIES = CONTEXTS.flatMap(({ aggregates }) => aggregates).flatMap(({ of, idIsReference }) =>
  idIsReference ? [of.category] : [],
);

/** Reads the whole log, and compares it with the acknowledged references, and the events of each context with those of the others. */
export async function effectsOf(store: EventStore, acknowledged: readonly string[], now: Instant): Promise<Effects> {
  const histories = new Map<string, Map<string, RecordedEvent[]>>();
  const commands = new Map<string, number>();
  let events = 0;
  for await (const next of store.subscribe({
    after: null,
    categories: CATEGORIES,
    pageSize: PAGE_EVENTS,
    signal: new AbortController().signal,
  })) {
    if (next.kind === 'caught-up') break;
    events += next.events.length;
    for (const event of next.events) {
      const reference = event.stream.slice(event.stream.indexOf('-') + 1);
      const history = histories.get(reference) ?? new Map<string, RecordedEvent[]>();
      histories.set(reference, history);
      history.set(event.type, [...(history.get(event.type) ?? []), event]);
      if (event.type === 'ServiceRequestSubmitted')
        commands.set(event.metadata.commandId, (commands.get(event.metadata.commandId) ?? 0) + 1);
    }
  }
  const all = [...new Set([...acknowledged, ...histories.keys()])].map(
    (reference) => histories.get(reference) ?? new Map<string, RecordedEvent[]>(),
  );
  return {
    lost: acknowledged.filter((reference) => !histories.get(reference)?.has('ServiceRequestSubmitted')).length,
    doubled:
      [...commands.values()].filter((times) => times > 1).length +
      all.filter((history) => countOf(history, 'ServiceRequestSubmitted') > 1).length,
    withoutOneCase: all.filter((history) => countOf(history, 'CaseOpened') !== 1).length,
    promisesWithoutCloseOrBreach: sum(all.map(openPromises)),
    messagesWithoutEffect: sum(all.map(missingEffects)),
    notificationsUnderWay: sum(all.map((history) => notificationsUnderWay(history, now))),
    events,
  };
}

const openPromises = (history: History): number => {
  const over = new Set([...roundsOf(history, 'CaseResolved'), ...roundsOf(history, 'PromiseBreached')]);
  return roundsOf(history, 'PromiseMade').filter((round) => !over.has(round)).length;
};

/** Pairs of an event and its consequence in another context, compared by round. */
const CONSEQUENCES: readonly (readonly [event: string, consequence: string])[] = [
  ['ServiceRequestSubmitted', 'FactSubmitted'],
  ['ServiceRequestSubmitted', 'CorrespondenceOpened'],
  ['PromiseMade', 'ServiceRequestPromised'],
  ['CaseResolved', 'ServiceRequestClosed'],
  ['CaseReopened', 'ServiceRequestReopened'],
  ['CaseResolved', 'FactResolved'],
  ['CaseReopened', 'FactReopened'],
  ['PromiseBreached', 'FactBreached'],
  ['PromiseBreached', 'OverdueRaised'],
];

function missingEffects(history: History): number {
  const missing = CONSEQUENCES.map(([event, consequence]) => {
    const happened = new Set(roundsOf(history, consequence));
    return [...new Set(roundsOf(history, event))].filter((round) => !happened.has(round)).length;
  });
  return sum(missing) + missingNotifications(history);
}
