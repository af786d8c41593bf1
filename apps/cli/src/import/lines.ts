import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../answer.js';

/** One physical line of a file, in its bytes. */
export interface Line {
  /** 1 is the header. */
  readonly number: number;
  /** Without its end. */
  readonly bytes: Buffer;
  /** The rest of a line longer than the bound was dropped. */
  readonly isCut: boolean;
}

/** The most bytes of one line. */
export const LINE_BYTES = 1_000_000;

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The physical lines of a CSV file, plain or gzipped, as its first two bytes say, not its name; without its byte order mark. Only a line
 * feed ends a line, with or without a carriage return before it: any other separator may stand inside a field.
 */
export async function* linesOf(file: string): AsyncIterable<Line> {
  let number = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  const keep = (part: Buffer): void => {
    if (bytes <= LINE_BYTES) parts.push(part);
    bytes += part.length;
  };
  const finished = (): Line => {
    const whole = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    const isCut = bytes > LINE_BYTES + 1;
    parts = [];
    bytes = 0;
    number += 1;
    return { number, bytes: trimmed(whole.subarray(0, LINE_BYTES + 1), number === 1), isCut };
  };
  for await (const chunk of bytesOf(file)) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      keep(chunk.subarray(from, end));
      yield finished();
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (bytes > 0) yield finished();
}

function trimmed(line: Buffer, isFirst: boolean): Buffer {
  const from = isFirst && line.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  return line.subarray(from, line.at(-1) === RETURN ? line.length - 1 : line.length);
}

async function* bytesOf(file: string): AsyncIterable<Buffer> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} can't be read (${error.code ?? error.message})`);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const first = bytesRead === 2 ? buffer.readUInt16BE() : 0;
    if (first === 0xfffe || first === 0xfeff) throw new UserError(`${file} is in UTF-16: save it as UTF-8 first`);
    const bytes = handle.createReadStream({ start: 0, autoClose: false });
    for await (const chunk of first === 0x1f8b ? gunzipped(bytes) : bytes) yield chunk as Buffer;
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
