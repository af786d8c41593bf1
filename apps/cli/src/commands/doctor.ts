import { inspectSqlite, type FileInspection, type SqliteInspection } from '@onedoor/adapters';
import { answer } from '../answer.js';
import { inspectViews, problemsOf, type ViewsInspection } from '../inspect-views.js';
import { isInUse, openToRead, type DataOptions } from '../open-data.js';
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
  const inUse = isInUse(folder);
  const inspection = inspectSqlite(folder, { inUse });
  const problems = [
    ...fileProblems('log', inspection.log, true),
    ...fileProblems('views', inspection.views, false),
    ...inspection.viewsDamage.map((finding) => `views: ${finding}; stop OneDoor and delete ${inspection.views.path}: it is made again`),
    ...inspection.damage.map((finding) => `log: ${finding}; restore the latest backup`),
    ...inspection.losses.map((finding) => `${finding}; restore the latest backup, or go on without them: ${renewal(folder)}`),
    ...inspection.openToOthers.map((path) => `${path} is open to other accounts of this machine: take that away with chmod go-rwx`),
  ];
  // What is damaged is not looked into any further.
  const isReadable = inspection.incarnation !== null && inspection.damage.length === 0 && inspection.views.error === null;
  const findings = isReadable ? await inspectFolder(where) : null;
  const all = [...problems, ...(findings ? problemsOf(findings, inUse || inspection.losses.length > 0) : [])];
  return {
    document: { problems: all, inUse, ...inspection, ...findings },
    lines: [
      `data folder ${folder}${inUse ? ', in use by a running OneDoor' : ''}`,
      `log: ${inspection.events ?? 'no'} events in ${inspection.streams ?? 'no'} streams, ${inspection.log.bytes ?? 0} bytes`,
      ...provenLines(inspection),
    ],
  };
}

const renewal = (folder: string): string => `\`onedoor renew-incarnation --data ${folder}\``;

/** Nothing shows whether an event was changed before it was hashed. */
function provenLines({ proven, incarnation }: SqliteInspection): readonly string[] {
  if (incarnation === null) return [];
  if (proven === null)
    return ['log: of an earlier release, so its events are hashed at the next start and nothing shows yet whether one was changed'];
  return proven.through === 0
    ? []
    : [`log: its first ${proven.through} events were written by an earlier release, and hashed at ${proven.at}`];
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
