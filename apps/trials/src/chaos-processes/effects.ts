import type { EventStore, RecordedEvent } from '@onedoor/engine';

export interface Effects {
  /** Acknowledged references that are not in the log. */
  readonly lost: number;
  /** Keys that led to more than one request. */
  readonly doubled: number;
  readonly withoutOneCase: number;
  /** Promises of a round that was neither resolved nor broken. */
  readonly promisesWithoutCloseOrBreach: number;
  /** Facts of one context that another should have acted on, and did not. */
  readonly messagesWithoutEffect: number;
  /** Messages to residents that are neither sent nor given up. */
  readonly notificationsUnderWay: number;
  readonly events: number;
}

const PAGE_EVENTS = 4_096;

/** Everything that was written about one reference, by category and type. */
type Story = Map<string, RecordedEvent[]>;

/** Reads the whole log and holds it against what was acknowledged, and what one context says against what the others did about it. */
export async function effectsOf(store: EventStore, acknowledged: readonly string[]): Promise<Effects> {
  const stories = new Map<string, Story>();
  const commands = new Map<string, number>();
  let events = 0;
  const categories = ['request', 'case', 'notification', 'fact'];
  for await (const next of store.subscribe({ after: null, categories, pageSize: PAGE_EVENTS, signal: new AbortController().signal })) {
    if (next.kind === 'caught-up') break;
    events += next.events.length;
    for (const event of next.events) {
      const reference = event.stream.slice(event.stream.indexOf('-') + 1);
      const story: Story = stories.get(reference) ?? new Map<string, RecordedEvent[]>();
      stories.set(reference, story);
      story.set(event.type, [...(story.get(event.type) ?? []), event]);
      if (event.type === 'ServiceRequestSubmitted')
        commands.set(event.metadata.commandId, (commands.get(event.metadata.commandId) ?? 0) + 1);
    }
  }
  const all = [...new Set([...acknowledged, ...stories.keys()])].map(
    (reference) => stories.get(reference) ?? new Map<string, RecordedEvent[]>(),
  );
  return {
    lost: acknowledged.filter((reference) => !stories.get(reference)?.has('ServiceRequestSubmitted')).length,
    doubled:
      [...commands.values()].filter((times) => times > 1).length +
      all.filter((story) => countOf(story, 'ServiceRequestSubmitted') > 1).length,
    withoutOneCase: all.filter((story) => countOf(story, 'CaseOpened') !== 1).length,
    promisesWithoutCloseOrBreach: sum(all.map(openPromises)),
    messagesWithoutEffect: sum(all.map(missingEffects)),
    notificationsUnderWay: sum(all.map((story) => countOf(story, 'NotificationRequested') - ended(story))),
    events,
  };
}

const openPromises = (story: Story): number => {
  const over = new Set([...roundsOf(story, 'CaseResolved'), ...roundsOf(story, 'PromiseBreached')]);
  return roundsOf(story, 'PromiseMade').filter((round) => !over.has(round)).length;
};

/** Each fact that others are told of, beside those that follow from it elsewhere. */
const CONSEQUENCES: readonly (readonly [fact: string, consequence: string])[] = [
  ['ServiceRequestSubmitted', 'FactSubmitted'],
  ['ServiceRequestSubmitted', 'CorrespondenceOpened'],
  ['PromiseMade', 'ServiceRequestPromised'],
  ['CaseResolved', 'ServiceRequestClosed'],
  ['CaseReopened', 'ServiceRequestReopened'],
  ['CaseResolved', 'FactResolved'],
  ['CaseReopened', 'FactReopened'],
  ['PromiseBreached', 'FactBreached'],
];

function missingEffects(story: Story): number {
  const missing = CONSEQUENCES.map(([fact, consequence]) => {
    const happened = new Set(roundsOf(story, consequence));
    return [...new Set(roundsOf(story, fact))].filter((round) => !happened.has(round)).length;
  });
  return sum(missing) + untoldNews(story);
}

/** What the resident was told by intake and never by mail: everything that is told is one notification. */
function untoldNews(story: Story): number {
  const told = sum(
    ['ServiceRequestSubmitted', 'ServiceRequestPromised', 'ServiceRequestClosed', 'ServiceRequestReopened'].map((type) =>
      countOf(story, type),
    ),
  );
  return Math.abs(told - countOf(story, 'NotificationRequested'));
}

const ended = (story: Story): number => {
  const numbers = ['NotificationSent', 'NotificationSuppressed'].flatMap((type) =>
    (story.get(type) ?? []).map(({ data }) => (data as { readonly n: number }).n),
  );
  return new Set(numbers).size;
};

/** The rounds that events of a type speak of; 1 where they name none. */
const roundsOf = (story: Story, type: string): readonly number[] =>
  (story.get(type) ?? []).map(({ data }) => (data as { readonly round?: number }).round ?? 1);

const countOf = (story: Story, type: string): number => story.get(type)?.length ?? 0;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
