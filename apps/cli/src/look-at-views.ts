import { CONTEXTS, groupsOf } from '@onedoor/composition';
import { countParked, followed, VoidPosition, type LogPorts, type ParkedKeys, type Position } from '@onedoor/engine';
import { contextViews, type Context } from '@onedoor/platform';
import type { ReadData } from './open-data.js';

/** How far the views have come, and what waits for somebody to look. */
export interface ViewFindings {
  readonly projections: readonly { readonly projection: string; readonly isBehind: boolean }[];
  readonly parked: readonly ParkedMessages[];
}

/** What waits in one consumer's group: how many messages of how many keys, since when and why. */
type ParkedMessages = ParkedKeys & { readonly group: string; readonly messages: number };

/** Looks at the views and the consumers of these contexts, without changing anything. */
export async function lookAtViews(data: ReadData, contexts: readonly Context[] = CONTEXTS): Promise<ViewFindings> {
  const { readModels, checkpoints } = data;
  const projections = [];
  for (const { collections, checkpoint, categories } of contexts.flatMap(contextViews)) {
    const after = await checkpoints.load(checkpoint);
    projections.push({ projection: collections.at(-1)?.name ?? checkpoint, isBehind: await hasMore(data, categories, after) });
  }
  const parked = [];
  for (const { group } of groupsOf(contexts)) parked.push({ group, ...(await countParked(group, readModels)) });
  return { projections, parked };
}

/** Whether the log holds more of these categories. True also for a position of another log, behind which nothing of this one was handled. */
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

/** What of it is wrong. While OneDoor runs, views that are behind are on their way. */
export const problemsOf = ({ projections, parked }: ViewFindings, isRunning: boolean): readonly string[] => [
  ...projections
    .filter(({ isBehind }) => isBehind && !isRunning)
    .map(({ projection }) => `${projection} is behind the log: it catches up at the next start, or with rebuild`),
  ...parked.filter(({ messages }) => messages > 0).map(parkedProblem),
];

function parkedProblem({ group, messages, keys, since, reasons }: ParkedMessages): string {
  const why = reasons.map((one) => `${one.reason} (${one.keys})`).join('; ');
  return `${messages} messages of ${keys} keys are parked for ${group} since ${since}: ${why}. They are tried again while its service runs, and pass once the cause is mended`;
}
