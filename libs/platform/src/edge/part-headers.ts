import { RequestProblem } from '../http/problem.js';

/** What the headers of a part say about it. */
export interface Part {
  readonly name: Buffer;
  readonly isFile: boolean;
  /** Null where it names none. */
  readonly charset: string | null;
}

/** Reads the headers of a part of a multipart form (RFC 7578, 4.2). Throws a 400 for a part without a name. */
export function partOf(headers: Buffer): Part {
  const lines = headers.toString('latin1').split('\r\n');
  const disposition = valueOf(lines, 'content-disposition');
  const type = valueOf(lines, 'content-type');
  const parameters = parametersOf(disposition);
  const name = parameters.get('name');
  if (!/^form-data\b/i.test(disposition) || name === undefined)
    throw new RequestProblem(400, ['body: a part of the form has no name in its Content-Disposition']);
  return {
    name: Buffer.from(name, 'latin1'),
    isFile: parameters.has('filename') || parameters.has('filename*') || /^application\/octet-stream\b/i.test(type),
    charset: parametersOf(type).get('charset') ?? null,
  };
}

const valueOf = (lines: readonly string[], name: string): string =>
  lines
    .find((line) => line.slice(0, name.length + 1).toLowerCase() === `${name}:`)
    ?.slice(name.length + 1)
    .trim() ?? '';

/** The parameters behind a header's value, by their names in lower case. Stops at the first that is malformed. */
export function parametersOf(value: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  // Sticky: each is tried once and where the last one ended, so that no text is gone over twice.
  const parameter = /\s*;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/y;
  parameter.lastIndex = Math.max(0, value.indexOf(';'));
  for (let found = parameter.exec(value); found !== null; found = parameter.exec(value)) {
    const [, name = '', quoted, plain = ''] = found;
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain);
  }
  return parameters;
}
