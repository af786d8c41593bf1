import * as contracts from '@onedoor/contracts';
import { readGolden } from '../src/golden.js';
import { CONTEXTS, goldenFolderOf, goldenOf, type Context, type ContextAggregate } from './contexts.js';

/** Facts that no read model shows, and why none has to. The change that projects one takes it off this list. */
const UNPROJECTED: Readonly<Record<string, string>> = {
  PasswordSet: 'a list of accounts says nothing of their passwords',
  AdministratorAdded: 'the roster is folded from its stream: a view that lags would lose the last administrator',
  AdministratorRemoved: 'the roster is folded from its stream',
  SessionEnded: 'sessions are folded from their stream: a view that lags would let in who signed out',
  AgreementProposed: 'agreements are folded from their stream: a view that lags would judge by terms that are not in force',
  AgreementSigned: 'agreements are folded from their stream',
  CalendarPublished: 'calendars are folded from their stream and frozen into each clock',
  NotificationReplaced: 'a notification that was not taken up tells another date; its kind, its turn and its state are as they were',
  CorrespondenceOpened: 'the correspondence is folded from its stream; what is written in it is in the ledger',
  RoutingRulesPublished: 'routing rules are folded from their stream and their version is recorded with each case',
  ServiceCatalogOpened: 'the catalog is folded from its stream',
  ServicesAdded: 'the catalog is folded from its stream',
  SenderCityRecorded: 'what a message says of the city is folded from its stream when it is written',
  ServicesOffered: 'asked for by commands, from its stream',
  CityZoneRecorded: 'the zone of the city is folded from its stream when figures are made',
  SealedTextShown: 'who was shown sealed words is folded from its stream, by auditors only',
  ParkedKeyReleased: 'what was decided about a parked key is done by its consumer, which follows these streams',
  ParkedKeyDropped: 'what was decided about a parked key is done by its consumer, which follows these streams',
  LogRenewed: 'renewals of the log are read from their stream, by auditors and operators only',
  HistoryRead: 'who read what is folded from its stream, by auditors only',
};

/** Topics that no context of ours reads, and whom they are for. */
const READ_BY_OTHERS: Readonly<Record<string, string>> = {
  [contracts.NOTIFICATIONS_TOPIC]: 'for systems of the city that answer residents and need to know what they were told',
};

const typesOf = ({ of: { shapes } }: ContextAggregate): readonly string[] => Object.keys(shapes);
const handledBy = ({ projections }: Context): readonly string[] => projections.flatMap(({ handles }) => handles);
const aggregates = CONTEXTS.flatMap((context) => context.aggregates.map((aggregate) => ({ context, aggregate })));
const named = aggregates.map((each) => ({ ...each, name: `${each.context.name}: ${each.aggregate.of.category}` }));
const eventTypes = aggregates.flatMap(({ aggregate }) => typesOf(aggregate));

describe('every event', () => {
  it('is found: each context has aggregates, and each aggregate events', () => {
    expect(CONTEXTS.length).toBeGreaterThan(1);
    expect(CONTEXTS.filter((context) => context.aggregates.length === 0)).toEqual([]);
    expect(named.filter(({ aggregate }) => typesOf(aggregate).length === 0)).toEqual([]);
  });

  it('has one name in the whole city', () => {
    expect(eventTypes.filter((type, index) => eventTypes.indexOf(type) !== index)).toEqual([]);
  });

  it.each(CONTEXTS)('of $name is handled by a projection or listed as unprojected', (context) => {
    const handled = handledBy(context);
    expect(context.aggregates.flatMap(typesOf).filter((type) => !handled.includes(type) && !(type in UNPROJECTED))).toEqual([]);
  });

  it.each(CONTEXTS)('that a projection of $name handles is one of its own', (context) => {
    const own = context.aggregates.flatMap(typesOf);
    expect(handledBy(context).filter((type) => !own.includes(type))).toEqual([]);
  });

  it.each(named)('of $name has a golden file of each version, which is folded', ({ context, aggregate }) => {
    const versions = Object.entries(aggregate.of.shapes).flatMap(([type, { v }]) =>
      Array.from({ length: v }, (_, index) => `${type}.v${index + 1}`),
    );
    expect([...readGolden(goldenFolderOf(context, aggregate)).keys()]).toEqual([...versions].sort());
    const folded = goldenOf(context, aggregate);
    expect(folded.map(({ event }) => event.type).sort()).toEqual([...typesOf(aggregate)].sort());
    // Where it has a state at all, a stream of events leads to another one than no stream.
    if (aggregate.of.decider.initial !== null) expect(folded.at(-1)?.stateAfter).not.toEqual(aggregate.of.decider.initial);
  });

  const stories = named.filter(({ aggregate }) => aggregate.present !== undefined);

  it('of a request, a case and a correspondence is told to auditors', () => {
    expect(stories.length).toBeGreaterThanOrEqual(3);
  });

  it.each(stories)('of $name has a sentence of its own', ({ context, aggregate }) => {
    const sentences = goldenOf(context, aggregate).map(({ event }) => aggregate.describe(event));
    expect(sentences.filter((sentence) => !sentence.includes(' '))).toEqual([]);
    expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([]);
  });
});

describe('the list of unprojected events', () => {
  it('names only events that exist and that no projection handles', () => {
    const handled = CONTEXTS.flatMap(handledBy);
    expect(Object.keys(UNPROJECTED).filter((type) => !eventTypes.includes(type) || handled.includes(type))).toEqual([]);
  });
});

describe('every topic', () => {
  const topics = Object.entries<unknown>(contracts).flatMap(([name, value]) =>
    name.endsWith('_TOPIC') && typeof value === 'string' ? [value] : [],
  );
  /** What the aggregates of a context tell, over the golden stream of each. */
  const toldBy = (context: Context): readonly string[] =>
    context.aggregates.flatMap((aggregate) =>
      goldenOf(context, aggregate)
        .flatMap(({ event, stateAfter }) => aggregate.publish?.(event, stateAfter) ?? [])
        .map(({ topic }) => topic),
    );
  const isOfDepartments = (topic: string): boolean => topic.startsWith(contracts.workTopic(''));

  it('is found', () => {
    expect(topics).toEqual(expect.arrayContaining([contracts.INTAKE_TOPIC, contracts.ROUTING_TOPIC]));
    expect(new Set(CONTEXTS.flatMap((context) => context.topics))).toEqual(new Set(topics));
  });

  it.each(CONTEXTS)('of $name is told on, and it tells on no other', (context) => {
    const told = new Set(toldBy(context).filter((topic) => !isOfDepartments(topic)));
    expect([...told].sort()).toEqual([...context.topics].sort());
  });

  it('of a department has a context that tells on it', () => {
    expect(CONTEXTS.filter((context) => toldBy(context).some(isOfDepartments)).length).toBeGreaterThan(0);
  });

  const consumed = CONTEXTS.flatMap(({ consumes }) => consumes?.topics ?? []);

  it('that a context hears is one', () => {
    expect(consumed.filter((topic) => !topics.includes(topic))).toEqual([]);
  });

  it('is heard by a context, or else it is said whom it is for', () => {
    expect(topics.filter((topic) => consumed.includes(topic) === topic in READ_BY_OTHERS)).toEqual([]);
  });
});
