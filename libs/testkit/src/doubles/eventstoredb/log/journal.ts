import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { decodeEvent } from '../wire/messages.js';
import type { LogChange } from './log.js';
import { stored } from './stored-event.js';

/** The header of a record: the length of its body in four bytes, and its kind in one. */
const HEADER_BYTES = 5;
const KINDS = ['written', 'scavenged', 'rewound'] as const;

/** A write-ahead log in a file: each change is written before the call that made it is answered, so it survives a killed process. */
export class Journal {
  readonly #file: number;

  /** Creates the file where there is none. Throws where it cannot be written. */
  constructor(private readonly path: string) {
    this.#file = openSync(path, 'a+');
  }

  /** All changes in order. An incomplete last record is truncated. */
  load(): readonly LogChange[] {
    const bytes = readFileSync(this.path);
    const changes: LogChange[] = [];
    let offset = 0;
    while (offset + HEADER_BYTES <= bytes.length) {
      const end = offset + HEADER_BYTES + bytes.readUInt32LE(offset);
      if (end > bytes.length) break;
      changes.push(changeOf(bytes.readUInt8(offset + 4), bytes.subarray(offset + HEADER_BYTES, end)));
      offset = end;
    }
    ftruncateSync(this.#file, offset);
    return changes;
  }

  write(change: LogChange): void {
    const body = bodyOf(change);
    const record = Buffer.allocUnsafe(HEADER_BYTES + body.length);
    record.writeUInt32LE(body.length, 0);
    record.writeUInt8(KINDS.indexOf(change.kind), 4);
    body.copy(record, HEADER_BYTES);
    for (let written = 0; written < record.length;) written += writeSync(this.#file, record, written);
  }

  close(): void {
    closeSync(this.#file);
  }
}

function bodyOf(change: LogChange): Buffer {
  if (change.kind === 'scavenged') return Buffer.from(change.stream);
  if (change.kind === 'rewound') return numbered(change.count);
  return Buffer.concat(change.events.flatMap(({ encoded }) => [numbered(encoded.length), encoded]));
}

function changeOf(kind: number, body: Buffer): LogChange {
  if (KINDS[kind] === 'scavenged') return { kind: 'scavenged', stream: body.toString('utf8') };
  if (KINDS[kind] === 'rewound') return { kind: 'rewound', count: body.readUInt32LE(0) };
  const events = [];
  for (let offset = 0; offset < body.length;) {
    const end = offset + 4 + body.readUInt32LE(offset);
    const encoded = body.subarray(offset + 4, end);
    const { event, place } = decodeEvent(encoded);
    events.push(stored(event, place, encoded));
    offset = end;
  }
  return { kind: 'written', events };
}

function numbered(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
}
