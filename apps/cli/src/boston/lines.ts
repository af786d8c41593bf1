import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../answer.js';

interface Line {
  /** 1 is the header. */
  readonly number: number;
  readonly text: string;
}

/** The maximum of characters of one line; the rest of a longer line is dropped, and it fails the check of its column count. */
const LINE_CHARACTERS = 1_000_000;

/**
 * The physical lines of a CSV file, plain or gzipped, as its first two bytes say, not its name. Only a line feed ends a line, with or
 * without a carriage return before it: any other separator may stand inside a field.
 */
export async function* linesOf(file: string): AsyncIterable<Line> {
  let number = 0;
  let rest = '';
  for await (const chunk of textOf(file)) {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(0, LINE_CHARACTERS);
    for (const text of lines) yield { number: ++number, text: withoutReturn(text) };
  }
  if (rest !== '') yield { number: number + 1, text: withoutReturn(rest) };
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

/** The file's text in UTF-8, without its byte order mark. Bytes that are no UTF-8 become replacement characters. */
async function* textOf(file: string): AsyncIterable<string> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} can't be read (${error.code ?? error.message})`);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const isGzip = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    const bytes = handle.createReadStream({ start: 0, autoClose: false });
    const decoder = new TextDecoder();
    for await (const chunk of isGzip ? gunzipped(bytes) : bytes) yield decoder.decode(chunk as Uint8Array, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') || (error as NodeJS.ErrnoException).code === 'EISDIR') {
      throw new UserError(`${file} can't be read: ${(error as Error).message}`);
    }
    throw error;
  } finally {
    await handle.close();
  }
}

function gunzipped(bytes: Readable): Readable {
  const gunzip = createGunzip();
  bytes.on('error', (error) => gunzip.destroy(error));
  return bytes.pipe(gunzip);
}
