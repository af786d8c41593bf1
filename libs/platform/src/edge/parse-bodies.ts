import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { RequestProblem } from '../http/problem.js';
import { shapeProblem } from './body-shape.js';
import { parametersOf } from './part-headers.js';
import { readForm } from './read-form.js';
import { readMultipart } from './read-multipart.js';
import { repeatedKey } from './repeated-key.js';
import { isCharset } from './text-encoding.js';

const NAME_CHARACTERS = 100;

export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';
export const MULTIPART_TYPE = 'multipart/form-data';

type Done = (error: Error | null, body?: unknown) => void;

interface ParsedRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The part of Fastify that keeps the parsers. */
export interface ParsingServer {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    type: string,
    options: { readonly parseAs: 'buffer' },
    parse: (request: ParsedRequest, bytes: Buffer, done: Done) => void,
  ): unknown;
  addContentTypeParser(type: string, parse: (request: ParsedRequest, payload: Readable) => Promise<unknown>): unknown;
}

/**
 * Reads bodies strictly, in place of Fastify's own parsers: bytes that are no text of their charset, fields beyond the bounds and broken
 * escapes are refused here, before a route sees anything. A JSON body that is empty is absent; a form becomes a `Form`.
 */
export function parseBodies(server: ParsingServer): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (request, bytes, done) => answered(done, () => jsonOf(request, bytes)));
  server.addContentTypeParser(FORM_TYPE, { parseAs: 'buffer' }, (request, bytes, done) =>
    answered(done, () => readForm(bytes, charsetOf(request))),
  );
  server.addContentTypeParser(MULTIPART_TYPE, async (request, payload) =>
    readMultipart(payload, contentTypeOf(request), charsetOf(request)),
  );
}

function answered(done: Done, read: () => unknown): void {
  let body: unknown;
  try {
    body = read();
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, body);
}

function jsonOf(request: ParsedRequest, bytes: Buffer): unknown {
  const charset = charsetOf(request);
  if (charset !== null && !/^utf-?8$/i.test(charset)) throw new RequestProblem(415, ['Content-Type: JSON is written in UTF-8']);
  if (!isUtf8(bytes)) throw new RequestProblem(400, ['body: is not well-formed UTF-8']);
  const text = bytes.toString().replace(/^\ufeff/, '');
  if (text.trim() === '') return undefined;
  const body = parsed(text);
  const problem = shapeProblem(body);
  if (problem !== null) throw new RequestProblem(400, [problem]);
  const repeated = repeatedKey(text);
  if (repeated !== null) throw new RequestProblem(400, [`${repeated.toWellFormed().slice(0, NAME_CHARACTERS)}: must be given once`]);
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote what was sent.
    throw new RequestProblem(400, ['body: is not well-formed JSON']);
  }
}

/** The charset that the Content-Type names; null where it names none. Throws a 415 for one that is not known. */
function charsetOf(request: ParsedRequest): string | null {
  const charset = parametersOf(contentTypeOf(request)).get('charset') ?? null;
  if (charset !== null && !isCharset(charset)) throw new RequestProblem(415, ['Content-Type: its charset is not known here']);
  return charset;
}

const contentTypeOf = ({ headers }: ParsedRequest): string => String(headers['content-type'] ?? '');
