import { RequestProblem, type Reply } from '@onedoor/platform';
import { renderList, type Format, type Row } from './render.js';

/** Answers a list to callers of every origin. */
export function answer(reply: Reply, format: Format, root: string, item: string, rows: readonly Row[]): void {
  const { contentType, body } = renderList(format, root, item, rows);
  reply.header('access-control-allow-origin', '*').type(contentType).send(body);
}

/** The form of the answer, which is the end of the path. */
export function formatOf(suffix: string): Format {
  if (suffix === 'json' || suffix === 'xml') return suffix;
  throw new RequestProblem(404, ['The path must end in .json or .xml']);
}
