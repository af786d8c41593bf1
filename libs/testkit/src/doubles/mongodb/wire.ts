import { deserialize, serialize } from 'bson';
import type { Document } from './document.js';

/** A request message of MongoDB's protocol. */
export interface Request {
  readonly id: number;
  readonly command: Document;
  readonly isLegacy: boolean;
  /** The sender expects no answer. */
  readonly isUnanswered: boolean;
}

const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

/** Splits received bytes into messages; `rest` is the begin of the next one. */
export function messagesIn(bytes: Buffer): { readonly messages: readonly Buffer[]; readonly rest: Buffer } {
  const messages: Buffer[] = [];
  let start = 0;
  while (bytes.length - start >= HEADER_BYTES) {
    const end = start + bytes.readInt32LE(start);
    if (end > bytes.length) break;
    messages.push(bytes.subarray(start, end));
    start = end;
  }
  return { messages, rest: bytes.subarray(start) };
}

/** Parses a request; null for a kind of message that current drivers do not send. */
export function requestOf(message: Buffer): Request | null {
  const id = message.readInt32LE(4);
  const kind = message.readInt32LE(12);
  if (kind === OP_MSG) {
    const flags = message.readUInt32LE(HEADER_BYTES);
    const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
    return { id, command: commandOf(message.subarray(HEADER_BYTES + 4, end)), isLegacy: false, isUnanswered: (flags & MORE_TO_COME) !== 0 };
  }
  if (kind !== OP_QUERY) return null;
  // Drivers still send the handshake as OP_QUERY: flags, a zero-terminated name, two numbers, then the document.
  const start = message.indexOf(0, HEADER_BYTES + 4) + 9;
  return { id, command: documentIn(message.subarray(start)), isLegacy: true, isUnanswered: false };
}

export function replyTo({ id, isLegacy }: Request, answer: Document, replyId: number): Buffer {
  const body = serialize(answer, { ignoreUndefined: true });
  const fields = isLegacy ? legacyFields() : Buffer.alloc(5);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + fields.length + body.length, 0);
  header.writeInt32LE(replyId, 4);
  header.writeInt32LE(id, 8);
  header.writeInt32LE(isLegacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, fields, body]);
}

/** Parses sections, each of one document or of a named list of documents. */
function commandOf(sections: Buffer): Document {
  let command: Document = {};
  const lists: Record<string, readonly Document[]> = {};
  for (let at = 0; at < sections.length;) {
    const isList = sections[at] === 1;
    const length = sections.readInt32LE(at + 1);
    const section = sections.subarray(at + 1, at + 1 + length);
    if (isList) {
      const nameEnd = section.indexOf(0, 4);
      lists[section.toString('utf8', 4, nameEnd)] = documentsIn(section.subarray(nameEnd + 1));
    } else command = documentIn(section);
    at += 1 + length;
  }
  return { ...command, ...lists };
}

function documentsIn(bytes: Buffer): readonly Document[] {
  const documents: Document[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at))
    documents.push(documentIn(bytes.subarray(at, at + bytes.readInt32LE(at))));
  return documents;
}

/** `promoteBuffers` copies binary fields, so they do not keep the whole message alive. */
const documentIn = (bytes: Buffer): Document => deserialize(bytes, { promoteBuffers: true }) as Document;

/** The fixed fields of OP_REPLY: no flags, no cursor, starting from 0, one document. */
function legacyFields(): Buffer {
  const fields = Buffer.alloc(20);
  fields.writeInt32LE(1, 16);
  return fields;
}
