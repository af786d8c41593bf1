import fc from 'fast-check';
import { dayNumberOf, formatReference, makeReference, parseReference } from './reference.js';

const references = fc
  .tuple(fc.integer({ min: 0, max: 32 ** 3 - 1 }), fc.integer({ min: 0, max: 2 ** 35 - 1 }))
  .map(([day, bits]) => makeReference(day, bits));
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('a reference', () => {
  it('is read back from how people write it', () => {
    fc.assert(
      fc.property(references, (reference) => {
        const spoken = formatReference(reference).toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l');
        expect(parseReference(spoken)).toBe(reference);
      }),
    );
  });

  it('refuses every single wrong character and every two characters swapped', () => {
    fc.assert(
      fc.property(references, fc.nat(10), fc.nat(10), fc.nat(31), (reference, first, second, letter) => {
        const characters = [...reference];
        const mistyped = characters.with(first, ALPHABET.charAt(letter)).join('');
        const swapped = characters
          .with(first, characters[second] ?? '')
          .with(second, characters[first] ?? '')
          .join('');
        for (const wrong of [mistyped, swapped]) expect(parseReference(wrong)).toBe(wrong === reference ? reference : null);
      }),
    );
  });

  it('sorts by the day it came in', () => {
    const days = ['2011-06-30', '2011-07-01', '2026-11-21'].map((date) => dayNumberOf(date) ?? -1);
    const made = days.map((day) => makeReference(day, 12_345));
    expect([...made].sort()).toEqual(made);
    expect(dayNumberOf('2000-01-01')).toBe(0);
  });

  it('names no day outside its range', () => {
    expect(dayNumberOf('1999-12-31')).toBeNull();
    expect(dayNumberOf('2089-09-18')).toBeNull();
    expect(dayNumberOf('2089-09-17')).toBe(32_767);
  });

  it.each(['', '3D7', '3D7K2F9QXM4Z', '3D7K2F9QXMU', 'ünïcode-txt'])('refuses %j', (text) => {
    expect(parseReference(text)).toBeNull();
  });
});
