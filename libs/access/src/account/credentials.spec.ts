import { isPassword } from './credentials.js';

describe('a password that is chosen now', () => {
  it.each([
    ['a sentence', 'a long and private one'],
    ['letters of another script', 'длинный и тайный'],
    ['200 characters that take two units each', [...'😀😁😂🤣😃😄😅😆😉😊'].join('').repeat(20)],
    ['spaces between words', 'one two  three   four'],
  ])('may be %s', (_what, password) => {
    expect(isPassword(password)).toBe(true);
  });

  it.each([
    ['eleven characters', 'abcdefghijk'],
    ['six characters of two units each, which are twelve units', '😀😁😂🤣😃😄'],
    ['201 characters', `${'abcdefgh'.repeat(25)}x`],
    ['one character again and again', 'aaaaaaaaaaaaaaaa'],
    ['seven different ones', 'abcdefgabcdefg'],
    ['one letter, wide, in a circle and as it is', 'ａaⓐａaⓐａaⓐａaⓐ'],
    ['spaces', '            '],
    ['spaces of many widths', '\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000'],
    ['invisible characters', '\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u034f\u3164'],
    ['controls', '\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c'],
    ['seven visible ones among invisible ones', 'a\u200bb\u200cc\u200dd\u2060e\u2061f\u2062g\u2063'],
    ['half a character', 'a long and private \ud800one'],
    ['NUL', 'a long and private \u0000one'],
  ])('may not be %s', (_what, password) => {
    expect(isPassword(password)).toBe(false);
  });
});
