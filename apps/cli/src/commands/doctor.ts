import { DataFolderInUse, inspectSqlite, lockDataFolder, type FileInspection } from '@onedoor/adapters';
import { FIGURES } from '@onedoor/analytics';
import { PROJECTIONS } from '@onedoor/composition';
import { checkpointOf, hashCollection } from '@onedoor/engine';
import { answer } from '../answer.js';
import { openToRead } from '../open-data.js';

export interface DoctorOptions {
  readonly data: string;
  readonly json: boolean;
}

/** The contexts whose consumers may have parked messages. */
const CONSUMERS = ['intake', 'routing', 'analytics'];

/** `doctor`: looks a data folder over without changing it, and says what is wrong and what to do about it. */
export async function doctor({ data: folder, json }: DoctorOptions): Promise<void> {
  const inspection = inspectSqlite(folder);
  const inUse = isInUse(folder);
  const problems = [...fileProblems('log', inspection.log, true), ...fileProblems('views', inspection.views, false)];
  const findings = inspection.incarnation === null ? null : await lookAtViews(folder);
  for (const { projection, isBehind } of findings?.projections ?? []) {
    if (isBehind && !inUse) problems.push(`${projection} is behind the log: it catches up at the next start, or with rebuild`);
  }
  for (const { group, messages } of findings?.parked ?? []) {
    if (messages > 0) problems.push(`${messages} messages are parked for ${group}: their keys wait until the cause is mended`);
  }
  const document = { ok: problems.length === 0, problems, node: process.version, inUse, ...inspection, ...findings };
  answer(json, document, [
    `data folder ${folder}${inUse ? ', in use by a running OneDoor' : ''}`,
    `log: ${inspection.events ?? 'no'} events in ${inspection.streams ?? 'no'} streams, ${inspection.log.bytes ?? 0} bytes`,
    ...(problems.length === 0 ? ['nothing is wrong'] : problems.map((problem) => `! ${problem}`)),
  ]);
  if (problems.length > 0) process.exitCode = 1;
}

function fileProblems(name: string, file: FileInspection, isTruth: boolean): readonly string[] {
  if (file.bytes === null) return isTruth ? [`${file.path} is not there: nothing was ever kept in this folder, or it is another one`] : [];
  const remedy = isTruth ? 'restore the latest backup' : 'stop OneDoor and delete it: it is made again from the log';
  if (file.error !== null) return [`${name}: ${file.error}; ${remedy}`];
  const found = file.integrity?.filter((line) => line !== 'ok') ?? [];
  return found.length === 0 ? [] : [`${name} is damaged (${found.slice(0, 3).join('; ')}); ${remedy}`];
}

async function lookAtViews(folder: string): Promise<{
  readonly projections: readonly { readonly projection: string; readonly isBehind: boolean }[];
  readonly parked: readonly { readonly group: string; readonly messages: number }[];
}> {
  const data = await openToRead(folder);
  try {
    const projections = [];
    for (const { collection, categories } of [...PROJECTIONS, FIGURES]) {
      const after = await data.checkpoints.load(checkpointOf({ collection }));
      const pages = data.store.subscribe({ after, categories, pageSize: 1, signal: new AbortController().signal });
      let isBehind = false;
      for await (const next of pages) {
        isBehind = next.kind === 'page' && next.events.length > 0;
        if (isBehind || next.kind === 'caught-up') break;
      }
      projections.push({ projection: collection.name, isBehind });
    }
    const parked = [];
    for (const group of CONSUMERS) {
      const { documents } = await hashCollection(data.readModels, { name: `parked_${group}`, version: 1, indexes: [['key', 'order']] });
      parked.push({ group, messages: documents });
    }
    return { projections, parked };
  } finally {
    await data.close();
  }
}

function isInUse(folder: string): boolean {
  try {
    lockDataFolder(folder).release();
    return false;
  } catch (error) {
    return error instanceof DataFolderInUse;
  }
}
