import { examineEventStoreDb } from '@onedoor/adapters';
import { builtFromAnotherLog, inspectEngines, TOPICS, viewsOf, type EnginesInspection } from '@onedoor/composition';
import { workTopic } from '@onedoor/contracts';
import { emptyStream, readOn, streamOf } from '@onedoor/engine';
import { ANOTHER_LOG } from '@onedoor/platform';
import { ROUTING_RULES, RULES_ID } from '@onedoor/routing';
import { inspectViews, problemsOf, type ViewsInspection } from '../inspect-views.js';
import type { DataOptions, ReadData } from '../open-data.js';
import { engineSettings, openEngines, type Environment } from '../open-engines.js';

/** The result of an examination, as a document and as lines of text. */
export interface Examination {
  readonly document: { readonly problems: readonly string[] } & Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

/** Examines the three engines: whether each answers, whether its contents are complete, and how far its followers have come. */
export async function examineEngines({ environment }: DataOptions): Promise<Examination> {
  const settings = engineSettings(environment);
  const before = await inspectEngines(settings, { topics: TOPICS, collections: [] });
  const isThere = before.eventStoreDb.incarnation !== null && before.mongo.error === null;
  const found = isThere ? await inspectContents(environment) : null;
  const engines = found === null ? before : await inspectEngines(settings, found.expected);
  const inUse = engines.kafka.groups.some(({ members }) => members > 0);
  const { damaged, warnings } =
    before.eventStoreDb.error === null ? await examineEventStoreDb({ connectionString: settings.EVENTSTORE_URL }) : NOT_EXAMINED;
  const problems = [
    ...engineProblems(engines, inUse),
    ...damaged.map(
      ({ stream, lacks }) =>
        `the stream ${stream} lacks ${lacks}: it was truncated, deleted or written to on EventStoreDB by another account; ` +
        'restore the latest backup',
    ),
    ...(found === null ? [] : contentProblems(found, inUse)),
  ];
  const document = {
    problems,
    warnings,
    inUse,
    ...engines,
    damagedStreams: damaged,
    ...found?.findings,
    voidCheckpoints: found?.voidCheckpoints ?? [],
  };
  return {
    document,
    lines: [...linesOf(engines, { inUse, hasContents: found !== null }), ...warnings.map((warning) => `warning: ${warning}`)],
  };
}

const NOT_EXAMINED = { damaged: [], warnings: [] };

interface Contents {
  readonly expected: Parameters<typeof inspectEngines>[1];
  readonly findings: ViewsInspection;
  /** The checkpoints of another log than this one. */
  readonly voidCheckpoints: readonly string[];
}

/** Views of another log never catch up by themselves: that is reported once, with the remedy, instead of a problem for each view. */
function contentProblems({ findings, voidCheckpoints }: Contents, inUse: boolean): readonly string[] {
  const isOther = voidCheckpoints.length > 0;
  return [...(isOther ? [ANOTHER_LOG] : []), ...problemsOf(findings, inUse || isOther)];
}

/** The topics and collections that the engines should hold according to the log, and the state of the views. */
async function inspectContents(environment: Environment): Promise<Contents> {
  const { ports, close } = await openEngines(environment, 'city', 'report');
  try {
    const collections = viewsOf(ports).flatMap((view) => view.collections);
    const expected = { topics: [...TOPICS, ...(await workTopics(ports))], collections };
    return { expected, findings: await inspectViews({ ...ports, close }), voidCheckpoints: await builtFromAnotherLog(ports) };
  } finally {
    await close();
  }
}

/** The work topics of the departments in the routing rules. */
async function workTopics({ store }: Pick<ReadData, 'store'>): Promise<readonly string[]> {
  const { state } = await readOn(store, ROUTING_RULES, streamOf(ROUTING_RULES, RULES_ID), emptyStream(ROUTING_RULES.decider.initial));
  return [...new Set(state.departments.values())].map(workTopic).sort();
}

function engineProblems({ eventStoreDb, kafka, mongo }: EnginesInspection, inUse: boolean): readonly string[] {
  const problems: string[] = [];
  if (eventStoreDb.error !== null) problems.push(`EVENTSTORE_URL: ${eventStoreDb.error}`);
  else if (eventStoreDb.incarnation === null) problems.push('EVENTSTORE_URL: nothing was ever kept there, or it is another one');
  if (kafka.error !== null) problems.push(`KAFKA_BROKERS: ${kafka.error}`);
  if (mongo.error !== null) problems.push(`MONGO_URL: ${mongo.error}`);
  for (const { topic, partitions, declared } of kafka.topics) {
    if (partitions === null) problems.push(`the topic ${topic} is not there: it is made at the next start`);
    else if (partitions !== declared)
      problems.push(`the topic ${topic} has ${partitions} partitions instead of ${declared}: keys in it are not where they are looked for`);
  }
  for (const { group, topic, messages } of kafka.groups) {
    if (messages > 0 && !inUse) problems.push(`${messages} messages of ${topic} wait for ${group}: start its service`);
  }
  for (const { name, missingIndexes } of mongo.collections) {
    for (const index of missingIndexes) problems.push(`${name} lacks its index on ${index}: it is made at the next write`);
  }
  return problems;
}

/** The number of collections is known only where the log could be read, which says which there should be. */
const linesOf = (
  { eventStoreDb, kafka, mongo }: EnginesInspection,
  { inUse, hasContents }: { readonly inUse: boolean; readonly hasContents: boolean },
): readonly string[] => [
  `engines of the distributed profile${inUse ? ', in use by a running OneDoor' : ''}`,
  `EventStoreDB: ${eventStoreDb.error ?? `log ${eventStoreDb.incarnation ?? 'without a name'}`}`,
  `Kafka: ${kafka.error ?? kafkaLine(kafka)}`,
  `MongoDB: ${mongo.error ?? (hasContents ? `${mongo.collections.length} collections` : 'it answers')}`,
];

const kafkaLine = ({ topics, groups }: EnginesInspection['kafka']): string =>
  [
    `${topics.filter(({ partitions }) => partitions !== null).length} topics`,
    ...groups.map(({ group, topic, messages }) => `${group} ${messages} behind in ${topic}`),
  ].join(', ');
