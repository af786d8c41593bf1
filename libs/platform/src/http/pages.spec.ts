import fc from 'fast-check';
import { RequestProblem } from './problem.js';
import { readCursor, writeCursor } from './pages.js';

const END = { at: '2026-11-23T15:00:00.000Z', id: '9AN03NQK8NF.3' };
const bytes = (text: string | Buffer): string => Buffer.from(text as string).toString('base64url');

describe('the cursor of a page', () => {
  it('is read as it was written', () => {
    expect(readCursor(writeCursor(END))).toEqual(END);
  });

  it.each([
    ['more behind it', bytes(`${END.at} ${END.id} more`)],
    ['bytes that are no text', bytes(Buffer.concat([Buffer.from(`${END.at} a`), Buffer.from([0xff])]))],
    ['bits that mean nothing', `${writeCursor({ ...END, id: 'a' }).slice(0, -1)}${nextLetter(writeCursor({ ...END, id: 'a' }).slice(-1))}`],
    ['padding', `${writeCursor(END)}=`],
    ['another alphabet', `${writeCursor(END)}+/`],
    ['no instant', bytes(`2026-02-30T00:00:00.000Z ${END.id}`)],
    ['no id', bytes(END.at)],
    ['nothing', ''],
  ])('has not %s', (_what, text) => {
    expect(() => readCursor(text)).toThrow(RequestProblem);
  });

  it('is the only text that is read as its end', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: fc.constantFrom(...'ABCDEFghij0189-_') }), (text) => {
        try {
          return writeCursor(readCursor(text)) === text;
        } catch (error) {
          return error instanceof RequestProblem;
        }
      }),
    );
  });
});

/** The last letter of a text may say less than its six bits. */
function nextLetter(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(letter) + 1] ?? 'A';
}
