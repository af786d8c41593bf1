import { hasBidirectionalControls, withoutReordering } from './bidirectional.js';

describe('characters that change the direction of writing', () => {
  it.each(['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'])(
    'are found: %j',
    (control) => expect(hasBidirectionalControls(`1 Main${control} St`)).toBe(true),
  );

  it('are not the letters of a language that is written from right to left', () => {
    expect(hasBidirectionalControls('רחוב הרצל 5')).toBe(false);
    expect(hasBidirectionalControls('شارع الملك')).toBe(false);
  });

  it('are left out where they reorder a run of text, and stay where they are marks', () => {
    expect(withoutReordering('pay \u202egro.elpmaxe\u202c now')).toBe('pay gro.elpmaxe now');
    expect(withoutReordering('5 \u200fרחוב')).toBe('5 \u200fרחוב');
  });
});
