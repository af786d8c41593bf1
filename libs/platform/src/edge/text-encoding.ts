import { isUtf8 } from 'node:buffer';

/** Reads bytes as text of a charset (WHATWG, Encoding); null where they are none, or where the charset is not known. */
export function decode(bytes: Uint8Array, charset = 'utf-8'): string | null {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function isCharset(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}

const ESCAPE = /%([0-9A-Fa-f]{2})?/g;

/**
 * The bytes of a percent-encoded text (WHATWG, URL, 5.1), where `+` is a space; null where a `%` is not followed by two hexadecimal digits.
 * Every character of `text` is a byte.
 */
export function unescapeBytes(text: string): Buffer | null {
  let isBroken = false;
  const plain = text.replaceAll('+', ' ').replaceAll(ESCAPE, (_escape, digits: string | undefined) => {
    isBroken ||= digits === undefined;
    return String.fromCharCode(Number.parseInt(digits ?? '0', 16));
  });
  return isBroken ? null : Buffer.from(plain, 'latin1');
}

/** What keeps a percent-encoded text from being read as UTF-8; null where it can be. */
export function escapeProblem(text: string): string | null {
  if (!/[%\x80-\xff]/.test(text)) return null;
  const bytes = unescapeBytes(text);
  if (bytes === null) return 'has a % that two hexadecimal digits do not follow';
  return isUtf8(bytes) ? null : 'is not well-formed UTF-8';
}
