import { CONTEXTS, groupsOf } from '@onedoor/composition';
import {
  countParked,
  followed,
  StuckWorkers,
  VoidPosition,
  type LogPorts,
  type ParkedKeys,
  type Position,
  type Stall,
} from '@onedoor/engine';
import { contextViews, type Context } from '@onedoor/platform';
import type { ReadData } from './open-data.js';

/** Which views are behind the log, which messages are parked, and which workers are stuck. */
export interface ViewsInspection {
  readonly projections: readonly { readonly projection: string; readonly isBehind: boolean }[];
  readonly parked: readonly ParkedMessages[];
  /** The workers of any process that could not get past something for half a minute or longer when they last said so. */
  readonly stuck: readonly StuckWorker[];
}

type StuckWorker = Stall & { readonly worker: string };

/** The parked messages of one consumer group: how many of how many keys, since when and why. */
type ParkedMessages = ParkedKeys & { readonly group: string; readonly messages: number };

/** Inspects the views and the consumers of these contexts, without changing anything. */
export async function inspectViews(data: ReadData, contexts: readonly Context[] = CONTEXTS): Promise<ViewsInspection> {
  const { readModels, checkpoints } = data;
  const projections = [];
  for (const { collections, checkpoint, categories } of contexts.flatMap(contextViews)) {
    const after = await checkpoints.load(checkpoint);
    projections.push({ projection: collections.at(-1)?.name ?? checkpoint, isBehind: await hasMore(data, categories, after) });
  }
  const parked = [];
  for (const { group } of groupsOf(contexts)) parked.push({ group, ...(await countParked(group, readModels)) });
  const stuck = [...(await new StuckWorkers(checkpoints).all())].map(([worker, stall]) => ({ worker, ...stall }));
  return { projections, parked, stuck };
}

/** Whether the log holds more events of these categories. True also for a position of another log, which says nothing about this one. */
async function hasMore(log: LogPorts, categories: readonly string[], after: Position | null): Promise<boolean> {
  try {
    for await (const next of followed(log, { after, categories, pageSize: 1, signal: new AbortController().signal })) {
      if (next.kind === 'caught-up') return false;
      if (next.events.length > 0) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof VoidPosition) return true;
    throw error;
  }
}

/** The problems among the findings. While OneDoor runs, a view that is behind is none: it is catching up. */
export const problemsOf = ({ projections, parked, stuck }: ViewsInspection, isRunning: boolean): readonly string[] => [
  ...projections
    .filter(({ isBehind }) => isBehind && !isRunning)
    .map(({ projection }) => `${projection} is behind the log: it catches up at the next start, or with rebuild`),
  ...parked.filter(({ messages }) => messages > 0).map(parkedProblem),
  ...stuck.map(stuckProblem),
];

function parkedProblem({ group, messages, keys, since, reasons }: ParkedMessages): string {
  const why = reasons.map((one) => `${one.reason} (${one.keys})`).join('; ');
  const remedy = 'They are tried again while its service runs, and pass once the cause is mended; parked list names them';
  return `${messages} messages of ${keys} keys are parked for ${group} since ${since}: ${why}. ${remedy}`;
}

const stuckProblem = ({ worker, since, on, reason, failures }: StuckWorker): string =>
  `${worker} is stuck${on === null ? '' : ` on ${on}`} since ${since}, after ${failures} attempts: ${reason}. ` +
  'It goes on by itself once the cause is mended';
