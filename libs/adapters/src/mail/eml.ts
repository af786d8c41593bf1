import type { MailMessage } from '@onedoor/engine';
import { instantOf } from '@onedoor/kernel';

/**
 * Reads back what the outbox wrote: one part of text, as it is or in quoted-printable where it needs that (RFC 2045, 6.7), and
 * headers with encoded words (RFC 2047).
 */
export function readEml(id: string, eml: string): MailMessage {
  const end = eml.indexOf('\r\n\r\n');
  const headers = headersOf(eml.slice(0, end));
  const header = (name: string): string => headers.get(name) ?? '';
  const body = eml.slice(end + 4);
  const isEncoded = header('content-transfer-encoding') === 'quoted-printable';
  return {
    id,
    to: header('to'),
    subject: decodeWords(header('subject')),
    text: (isEncoded ? decodeQuotedPrintable(body) : body).replaceAll('\r\n', '\n'),
    language: header('content-language') as MailMessage['language'],
    writtenAt: instantOf(Date.parse(header('date'))),
  };
}

function headersOf(head: string): ReadonlyMap<string, string> {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
}

/** White space between two encoded words is not part of the text. */
const decodeWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString() : decodeQuotedPrintable(word.replaceAll('_', ' ')),
    );

/** Bytes first, characters after: one character may be several `=XX`. */
const decodeQuotedPrintable = (text: string): string => {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
};
