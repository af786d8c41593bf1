import { isUtf8 } from 'node:buffer';

/** Reads bytes as text of a charset (WHATWG, Encoding); null where they are none, or where the charset is not known. */
export function decode(bytes: Uint8Array, charset = 'utf-8'): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whether forms can be written in it: `&`, `=` and the names of fields are ASCII, which UTF-16 has no bytes of. */
export function isCharset(label: string): boolean {
  try {
    return !new TextDecoder(label).encoding.startsWith('utf-16');
  } catch {
    return false;
  }
}

const [PERCENT, PLUS, SPACE] = [0x25, 0x2b, 0x20];

/**
 * The bytes of a percent-encoded text (WHATWG, URL, 5.1), where `+` is a space; null where a `%` is not followed by two hexadecimal digits.
 * Every character of `text` is a byte. One look at each byte, and none behind the first `%` that is wrong.
 */
export function unescapeBytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    let byte = bytes[at];
    if (byte === PLUS) byte = SPACE;
    else if (byte === PERCENT) {
      byte = 16 * digitOf(bytes[at + 1]) + digitOf(bytes[at + 2]);
      if (Number.isNaN(byte)) return null;
      at += 2;
    }
    bytes[length++] = byte as number;
  }
  return bytes.subarray(0, length);
}

/** The value of a hexadecimal digit of ASCII; NaN for any other byte, and for none. */
function digitOf(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : Number.NaN;
}

/** What keeps a percent-encoded text from being read as UTF-8; null where it can be. */
export function escapeProblem(text: string): string | null {
  if (!/[%\x80-\xff]/.test(text)) return null;
  const bytes = unescapeBytes(text);
  if (bytes === null) return 'has a % that two hexadecimal digits do not follow';
  return isUtf8(bytes) ? null : 'is not well-formed UTF-8';
}
