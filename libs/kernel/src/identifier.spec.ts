import fc from 'fast-check';
import { hasCharacters, identifierPattern, isIdentifier } from './identifier.js';

describe('an identifier', () => {
  it.each(['parks', 'a', 'PWDx', 'BHA_', 'Schedule a Bulk Item Pickup', 'Ampelanlage (Störung)', '道路', 'a.b', 'a..', '🚲'])(
    'may be %j',
    (text) => {
      expect(isIdentifier(text, 60)).toBe(true);
    },
  );

  it.each([
    ['nothing', ''],
    ['a name that paths resolve', '.'],
    ['another one', '..'],
    ['a dot before it', '.well'],
    ['a blank', ' '],
    ['a blank at the start', ' parks'],
    ['a blank at the end', 'parks '],
    ['another space', 'a\u00a0b'],
    ['an ideographic space', 'a\u3000b'],
    ['a line break', 'pot\nhole'],
    ['one at the end', 'pothole\n'],
    ['a line separator', 'a\u2028b'],
    ['a tab', 'a\tb'],
    ['NUL', 'a\u0000b'],
    ['a C1 control', 'a\u0085b'],
    ['a bidirectional override', 'a\u202eb'],
    ['a bidirectional isolate', 'a\u2066b'],
    ['a bidirectional mark', 'a\u200fb'],
    ['the Arabic letter mark', 'a\u061cb'],
    ['an invisible character', 'a\u200bb'],
    ['a byte order mark', '\ufeffa'],
    ['a soft hyphen', 'a\u00adb'],
    ['a filler', 'a\u3164b'],
    ['a lone surrogate', 'a\ud800b'],
    ['too many characters', 'x'.repeat(61)],
    ['too many beyond the basic plane', '🚲'.repeat(61)],
  ])('is refused for %s', (_why, text) => {
    expect(isIdentifier(text, 60)).toBe(false);
  });

  it.each([null, undefined, 7, ['parks'], {}])('is a text, not %j', (value) => {
    expect(isIdentifier(value, 60)).toBe(false);
  });

  it('is counted in characters', () => {
    expect([isIdentifier('🚲'.repeat(60), 60), isIdentifier('x'.repeat(60), 60)]).toEqual([true, true]);
  });

  it('is judged at once, however long what was sent', () => {
    const pattern = identifierPattern(200);
    for (const text of [' '.repeat(100_000), 'x '.repeat(50_000), '.'.repeat(100_000)]) expect(pattern.test(text)).toBe(false);
  });
});

describe('the characters of a text', () => {
  it('are its code points, at every bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), fc.nat(6), fc.nat(12), (text, least, most) => {
        const { length } = [...text];
        expect(hasCharacters(text, least, most)).toBe(length >= least && length <= most);
      }),
    );
  });
});
