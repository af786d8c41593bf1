import { DataFolderInUse, inspectSqlite, lockDataFolder, type FileInspection } from '@onedoor/adapters';
import { answer } from '../answer.js';
import { inspectViews, problemsOf, type ViewsInspection } from '../inspect-views.js';
import { openToRead, type DataOptions } from '../open-data.js';
import { examineEngines, type Examination } from './doctor-engines.js';

interface DoctorOptions extends DataOptions {
  readonly json: boolean;
}

/** `doctor`: examines the data without changing it, and prints each problem with its remedy. */
export async function doctor({ json, ...where }: DoctorOptions): Promise<void> {
  const { document, lines } = where.profile === 'embedded' ? await examineFolder(where) : await examineEngines(where);
  const { problems } = document;
  answer(json, { ok: problems.length === 0, node: process.version, ...document }, [
    ...lines,
    ...(problems.length === 0 ? ['nothing is wrong'] : problems.map((problem) => `! ${problem}`)),
  ]);
  if (problems.length > 0) process.exitCode = 1;
}

async function examineFolder(where: DataOptions): Promise<Examination> {
  const { data: folder } = where;
  const inspection = inspectSqlite(folder);
  const inUse = isInUse(folder);
  const findings = inspection.incarnation === null ? null : await inspectFolder(where);
  const problems = [
    ...fileProblems('log', inspection.log, true),
    ...fileProblems('views', inspection.views, false),
    ...(findings ? problemsOf(findings, inUse) : []),
  ];
  return {
    document: { problems, inUse, ...inspection, ...findings },
    lines: [
      `data folder ${folder}${inUse ? ', in use by a running OneDoor' : ''}`,
      `log: ${inspection.events ?? 'no'} events in ${inspection.streams ?? 'no'} streams, ${inspection.log.bytes ?? 0} bytes`,
    ],
  };
}

async function inspectFolder(where: DataOptions): Promise<ViewsInspection> {
  const data = await openToRead(where);
  try {
    return await inspectViews(data);
  } finally {
    await data.close();
  }
}

function fileProblems(name: string, file: FileInspection, isTruth: boolean): readonly string[] {
  if (file.bytes === null) return isTruth ? [`${file.path} is not there: nothing was ever kept in this folder, or it is another one`] : [];
  const remedy = isTruth ? 'restore the latest backup' : 'stop OneDoor and delete it: it is made again from the log';
  if (file.error !== null) return [`${name}: ${file.error}; ${remedy}`];
  const found = file.integrity?.filter((line) => line !== 'ok') ?? [];
  return found.length === 0 ? [] : [`${name} is damaged (${found.slice(0, 3).join('; ')}); ${remedy}`];
}

function isInUse(folder: string): boolean {
  try {
    lockDataFolder(folder).release();
    return false;
  } catch (error) {
    return error instanceof DataFolderInUse;
  }
}
