import { parse } from 'csv-parse/sync';
import { LINE_BYTES, linesOf, type Line } from './lines.js';

export const RECORD_FORMS = ['rfc4180', 'line'] as const;
export type RecordForm = (typeof RECORD_FORMS)[number];
export const ENCODINGS = ['utf-8', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How a CSV file is written. */
export interface CsvForm {
  /** `rfc4180`: quotes may span lines. `line`: each line is a record. */
  readonly records: RecordForm;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
}

/** A record of a file, or why the lines at this place hold none. */
export type CsvRecord = { readonly line: number; readonly fields: readonly string[] } | ({ readonly line: number } & CsvProblem);

/** `misencoded`: which field, from 0, is no text in the encoding. Nothing of the record is quoted: it may hold personal data. */
export type CsvProblem = { readonly problem: string } | { readonly misencoded: number };

const QUOTE = 0x22;

/**
 * The records of a CSV file, each with the line on which it begins. A quote that is never closed, or that stands in the middle of a field,
 * costs the line on which it stands and no other: reading goes on with the next one.
 */
export async function* csvRecordsOf(file: string, form: CsvForm): AsyncIterable<CsvRecord> {
  const reader = new RecordReader(form);
  for await (const line of linesOf(file)) yield* reader.next(line);
  yield* reader.end();
}

/** Gathers lines until their quotes are closed. The count of quotes says so: within a field each stands twice. */
class RecordReader {
  private pending: Line[] = [];
  private bytes = 0;
  private isOpen = false;
  private readonly decoder;

  constructor(private readonly form: CsvForm) {
    this.decoder = new TextDecoder(form.encoding, { fatal: true, ignoreBOM: true });
  }

  *next(line: Line): Iterable<CsvRecord> {
    this.pending.push(line);
    this.bytes += line.bytes.length + 1;
    if (this.form.records === 'rfc4180' && hasOddQuotes(line.bytes)) this.isOpen = !this.isOpen;
    if (!this.isOpen) yield* this.finish();
    else if (this.bytes > LINE_BYTES) yield* this.giveUp();
  }

  *end(): Iterable<CsvRecord> {
    while (this.pending.length > 0) yield* this.giveUp();
  }

  private *finish(): Iterable<CsvRecord> {
    const lines = this.taken();
    const record = this.recordOf(lines);
    yield record;
    if (lines.length > 1 && 'problem' in record) for (const line of lines.slice(1)) yield* this.next(line);
  }

  /** The quote that the first line opens is closed nowhere near: the lines behind it are read by themselves. */
  private *giveUp(): Iterable<CsvRecord> {
    const [first, ...others] = this.taken();
    if (first === undefined) return;
    yield { line: first.number, problem: UNCLOSED };
    for (const line of others) yield* this.next(line);
  }

  private taken(): readonly Line[] {
    const lines = this.pending;
    this.pending = [];
    this.bytes = 0;
    this.isOpen = false;
    return lines;
  }

  private recordOf(lines: readonly Line[]): CsvRecord {
    const [first] = lines as readonly [Line, ...Line[]];
    const line = first.number;
    if (lines.some(({ isCut }) => isCut)) return { line, problem: `is longer than ${LINE_BYTES} bytes` };
    const bytes =
      lines.length === 1 ? first.bytes : Buffer.concat(lines.flatMap((each, at) => (at === 0 ? [each.bytes] : [FEED, each.bytes])));
    const { delimiter } = this.form;
    let text: string;
    try {
      text = this.decoder.decode(bytes);
    } catch {
      return { line, misencoded: this.misencodedField(bytes) };
    }
    const fields = csvFieldsOf(text, delimiter);
    return fields === null ? { line, problem: UNCLOSED } : { line, fields };
  }

  private misencodedField(bytes: Buffer): number {
    const fields = csvFieldsOf(bytes.toString('latin1'), this.form.delimiter) ?? [];
    const at = fields.findIndex((field) => {
      try {
        this.decoder.decode(Buffer.from(field, 'latin1'));
        return false;
      } catch {
        return true;
      }
    });
    return Math.max(0, at);
  }
}

const UNCLOSED = 'quotes do not close, or stand in the middle of a field';
const FEED = Buffer.from('\n');

function hasOddQuotes(bytes: Buffer): boolean {
  let isOdd = false;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) isOdd = !isOdd;
  return isOdd;
}

/** The fields of one record; null where its quotes do not enclose whole fields. */
export function csvFieldsOf(text: string, delimiter: Delimiter = ','): readonly string[] | null {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const records: string[][] = parse(text, { delimiter, relax_column_count: true, record_delimiter: '\n' });
    return records.length === 1 ? (records[0] ?? null) : null;
  } catch {
    return null;
  }
}
