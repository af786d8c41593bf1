import type { Readable } from 'node:stream';
import { LIMITS } from '@onedoor/kernel';
import { RequestProblem } from '../http/problem.js';
import { SHAPE } from './body-shape.js';
import { Form, type FormField, type FormFile } from './form.js';
import { partOf, type Part } from './part-headers.js';
import { tooManyFields } from './read-form.js';

/** Bytes of a whole multipart form: its files are passed over without being kept, and its fields may be as long as another body's. */
const FORM_BYTES = 32 * 1024 * 1024;
const HEADER_BYTES = 2_048;

/** Reads `multipart/form-data` (RFC 7578) as it comes in. Throws a 400 or 413 for what is cut short, malformed or too long. */
export async function readMultipart(payload: Readable, contentType: string, charset: string | null): Promise<Form> {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw new RequestProblem(400, ['Content-Type: must name the boundary of the form']);
  const reader = new MultipartReader(boundary);
  try {
    // An iterator that destroyed the request on a refusal would take its answer along.
    for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) reader.push(chunk);
  } catch (error) {
    // Anything else is thrown by the connection, which ended in the middle.
    throw error instanceof RequestProblem ? error : cutShort();
  }
  return reader.end(charset);
}

const cutShort = (): RequestProblem => new RequestProblem(400, ['body: the form is cut short']);

type Place = 'preamble' | 'boundary' | 'headers' | 'body' | 'epilogue';

/** A multipart form, from chunks of any length: it keeps the bytes of fields, and of anything else no more than a delimiter's length. */
class MultipartReader {
  private readonly delimiter: Buffer;
  private place: Place = 'preamble';
  /** The first delimiter may stand at the very beginning, without the line break before it. */
  private pending: Buffer = Buffer.from('\r\n');
  private part: Part | null = null;
  private content: Buffer[] = [];
  private partBytes = 0;
  private fieldBytes = 0;
  private formBytes = 0;
  private readonly fields: FormField[] = [];
  private readonly files: FormFile[] = [];

  constructor(boundary: string) {
    this.delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  }

  push(chunk: Buffer): void {
    this.formBytes += chunk.length;
    if (this.formBytes > FORM_BYTES) throw new RequestProblem(413, [`body: must be at most ${FORM_BYTES} bytes`]);
    if (this.place === 'epilogue') return;
    this.pending = Buffer.concat([this.pending, chunk]);
    while (this.step());
  }

  /** Files without a byte are none: browsers send one for each field of a form that no file was chosen for. */
  end(charset: string | null): Form {
    if (this.place !== 'epilogue') throw cutShort();
    return new Form(
      this.fields,
      this.files.filter(({ bytes }) => bytes > 0),
      charset,
    );
  }

  /** Goes on as far as the next change of place; false where more bytes are needed for that. */
  private step(): boolean {
    switch (this.place) {
      case 'preamble':
        return this.upToDelimiter(() => undefined);
      case 'boundary':
        return this.afterDelimiter();
      case 'headers':
        return this.readHeaders();
      case 'body':
        return this.upToDelimiter((bytes) => this.take(bytes));
      case 'epilogue':
        return false;
    }
  }

  private upToDelimiter(take: (bytes: Buffer) => void): boolean {
    const at = this.pending.indexOf(this.delimiter);
    // What is left may be the beginning of a delimiter.
    const end = at >= 0 ? at : Math.max(0, this.pending.length - this.delimiter.length + 1);
    take(this.pending.subarray(0, end));
    this.pending = this.pending.subarray(at >= 0 ? at + this.delimiter.length : end);
    if (at < 0) return false;
    this.endPart();
    this.place = 'boundary';
    return true;
  }

  private afterDelimiter(): boolean {
    if (this.pending.length < 2) return false;
    if (this.pending.toString('latin1', 0, 2) === '--') {
      this.place = 'epilogue';
      this.pending = Buffer.alloc(0);
      return false;
    }
    const at = this.pending.indexOf('\r\n');
    if (at < 0) return this.wait();
    if (this.pending.toString('latin1', 0, at).trim() !== '') throw new RequestProblem(400, ['body: is no multipart form']);
    this.pending = this.pending.subarray(at);
    this.place = 'headers';
    return true;
  }

  private readHeaders(): boolean {
    const at = this.pending.indexOf('\r\n\r\n');
    if (at < 0 || at > HEADER_BYTES) return this.wait();
    if (this.fields.length + this.files.length >= SHAPE.fields) throw tooManyFields();
    this.part = partOf(this.pending.subarray(0, at));
    this.pending = this.pending.subarray(at + 4);
    this.place = 'body';
    return true;
  }

  /** For a line or a header to become whole, as long as one may be. */
  private wait(): false {
    if (this.pending.length > HEADER_BYTES) throw new RequestProblem(400, ['body: is no multipart form: a part has no end of its headers']);
    return false;
  }

  private take(bytes: Buffer): void {
    this.partBytes += bytes.length;
    if (this.part?.isFile !== false) return;
    this.fieldBytes += bytes.length;
    if (this.fieldBytes > LIMITS.bodyBytes) throw new RequestProblem(413, [`body: its fields must be at most ${LIMITS.bodyBytes} bytes`]);
    // A copy: a part of the chunk would keep all of it.
    this.content.push(Buffer.from(bytes));
  }

  private endPart(): void {
    const { part, partBytes, content } = this;
    if (part?.isFile === true) this.files.push({ name: part.name.toString(), bytes: partBytes });
    if (part?.isFile === false)
      this.fields.push({ name: part.name, value: Buffer.concat(content), ...(part.charset !== null && { charset: part.charset }) });
    this.part = null;
    this.partBytes = 0;
    this.content = [];
  }
}
