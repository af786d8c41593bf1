import fc from 'fast-check';
import { isCharset, unescapeBytes } from './text-encoding.js';

const everyByte = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));

describe('a charset of forms', () => {
  it.each([
    ['utf-8', true],
    ['ISO-8859-1', true],
    ['windows-1252', true],
    ['shift_jis', true],
    ['utf-16', false],
    ['UTF-16BE', false],
    ['unicode', false],
    ['nonsense', false],
    ['', false],
  ])('%s: %s', (label, is) => {
    expect(isCharset(label)).toBe(is);
  });
});

describe('a percent-encoded text', () => {
  it('has each byte as itself, as its escape in capital and in small digits, and a plus as a space', () => {
    for (const [byte, character] of everyByte.entries()) {
      const digits = byte.toString(16).padStart(2, '0');
      const plain = character === '+' ? 0x20 : byte;
      if (character !== '%') expect(unescapeBytes(character)).toEqual(Buffer.of(plain));
      expect(unescapeBytes(`%${digits}`)).toEqual(Buffer.of(byte));
      expect(unescapeBytes(`a%${digits.toUpperCase()}b`)).toEqual(Buffer.of(0x61, byte, 0x62));
    }
  });

  it('is what encodeURIComponent wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unescapeBytes(encodeURIComponent(text))?.toString()).toBe(text);
      }),
    );
  });

  it('is none where two hexadecimal digits do not follow a percent sign, wherever it stands', () => {
    for (const first of everyByte.filter((character) => !/[0-9A-Fa-f]/.test(character))) {
      expect([unescapeBytes(`%${first}0`), unescapeBytes(`%0${first}`), unescapeBytes(`a%20%${first}`)]).toEqual([null, null, null]);
    }
    expect([unescapeBytes('%'), unescapeBytes('a%4')]).toEqual([null, null]);
  });
});
