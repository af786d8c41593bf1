import { temporaryFiles } from '../../test/temporary-file.js';
import { linesOf } from './lines.js';

const { write, gzip } = temporaryFiles();

async function textsOf(file: string): Promise<readonly string[]> {
  const texts: string[] = [];
  let expected = 1;
  for await (const { number, bytes } of linesOf(file)) {
    expect(number).toBe(expected++);
    texts.push(bytes.toString('utf8'));
  }
  return texts;
}

describe('the lines of a file', () => {
  it.each([
    ['plain', 'a\nb\n', ['a', 'b']],
    ['with carriage returns', 'a\r\nb\r\n', ['a', 'b']],
    ['of both kinds', 'a\r\nb\nc\r\n', ['a', 'b', 'c']],
    ['the last without its end', 'a\nb', ['a', 'b']],
    ['empty ones count, for the numbers of the others', 'a\n\n\nb\n', ['a', '', '', 'b']],
    ['none at all', '', []],
    ['one that is empty', '\n', ['']],
    ['a lone carriage return is part of a field', 'a\rb,c\nd\n', ['a\rb,c', 'd']],
    ['and so is any other separator', 'a\u2028b\u2029c\u0085d\ve\ff\ng\n', ['a\u2028b\u2029c\u0085d\ve\ff', 'g']],
    ['without the byte order mark', '\uFEFFa\nb\n', ['a', 'b']],
  ])('%s', async (_name, content, lines) => {
    expect(await textsOf(write(content))).toEqual(lines);
    expect(await textsOf(gzip(content))).toEqual(lines);
  });

  it('are whole where a chunk ends within them, or within a character', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${index},Straße ${'ü'.repeat(index % 17)} 🚧`);
    expect(await textsOf(write(`${lines.join('\n')}\n`))).toEqual(lines);
    expect(await textsOf(gzip(lines.join('\r\n')))).toEqual(lines);
  });

  it('keep bytes that are no UTF-8, for the decoder', async () => {
    const bytes: Buffer[] = [];
    for await (const line of linesOf(write(Buffer.from([0x61, 0xff, 0x0a, 0x62, 0x0a])))) bytes.push(line.bytes);
    expect(bytes).toEqual([Buffer.from([0x61, 0xff]), Buffer.from([0x62])]);
  });

  it.each([
    [0xff, 0xfe],
    [0xfe, 0xff],
  ])('in UTF-16 are refused by name', async (...mark) => {
    await expect(textsOf(write(Buffer.from([...mark, 0x61, 0x00])))).rejects.toThrow('is in UTF-16: save it as UTF-8 first');
  });

  it('a line without end is cut, and the next one is whole', async () => {
    const lines = [];
    for await (const line of linesOf(write(`${'x'.repeat(3_000_000)}\nb\n`))) lines.push([line.bytes.length, line.isCut]);
    expect(lines).toEqual([
      [1_000_001, true],
      [1, false],
    ]);
  });

  it('whether a file is gzipped is seen in its bytes, not in its name', async () => {
    expect(gzip('a\n')).toMatch(/\.csv$/);
    expect(await textsOf(write('\x1f'))).toEqual(['\x1f']);
  });

  it('a gzipped file that was cut short is an error, not a short file', async () => {
    const { readFileSync } = await import('node:fs');
    const whole = readFileSync(gzip(Array.from({ length: 5_000 }, (_, index) => String(index * 7919)).join('\n')));
    await expect(textsOf(write(whole.subarray(0, whole.length - 500)))).rejects.toThrow();
  });

  it('a file that is not there is an error that names it', async () => {
    await expect(textsOf('/nowhere/at-all.csv')).rejects.toThrow('/nowhere/at-all.csv');
  });

  it('the last one loses its carriage return too, though its line feed is missing', async () => {
    expect(await textsOf(write('a\r\nb\r'))).toEqual(['a', 'b']);
  });
});
