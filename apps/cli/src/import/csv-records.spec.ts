import { temporaryFiles } from '../../test/temporary-file.js';
import { csvFieldsOf, csvRecordsOf, type CsvForm, type CsvRecord } from './csv-records.js';

const { write } = temporaryFiles();
const RFC: CsvForm = { records: 'rfc4180', encoding: 'utf-8', delimiter: ',' };

async function recordsIn(content: string | Uint8Array, form: Partial<CsvForm> = {}): Promise<readonly CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of csvRecordsOf(write(content), { ...RFC, ...form })) records.push(record);
  return records;
}
const at = (line: number, ...fields: readonly string[]): CsvRecord => ({ line, fields });
const wrong = (line: number): CsvRecord => ({ line, problem: 'quotes do not close, or stand in the middle of a field' });

describe('the records of a file', () => {
  it('may span lines within quotes: each has the line on which it begins', async () => {
    expect(await recordsIn('id,words\n1,"one\ntwo, ""three""\n\n"\n2,plain\n')).toEqual([
      at(1, 'id', 'words'),
      at(2, '1', 'one\ntwo, "three"\n\n'),
      at(6, '2', 'plain'),
    ]);
  });

  it('end their lines either way, within quotes too', async () => {
    expect(await recordsIn('1,"a\r\nb"\r\n2,c\r\n')).toEqual([at(1, '1', 'a\nb'), at(3, '2', 'c')]);
  });

  it('are the lines where the file is said to be so', async () => {
    expect(await recordsIn('1,"one\n2,two"\n3,"a, b"\n', { records: 'line' })).toEqual([wrong(1), wrong(2), at(3, '3', 'a, b')]);
  });

  it.each([
    ['a quote that is never closed', '1,"one\n2,two\n3,three\n', [wrong(1), at(2, '2', 'two'), at(3, '3', 'three')]],
    [
      'a quote in the middle of a field',
      '1,6" pipe\n2,two\n3,5" pipe\n4,four\n',
      [wrong(1), at(2, '2', 'two'), wrong(3), at(4, '4', 'four')],
    ],
    ['a quote that ends before its field', '1,"one"x\n2,two\n', [wrong(1), at(2, '2', 'two')]],
    ['an inch that opens a field', '1," x\n2,two\n3,"a"\n', [wrong(1), at(2, '2', 'two'), at(3, '3', 'a')]],
  ])('lose one line to %s, and no other', async (_what, content, expected) => {
    expect(await recordsIn(content)).toEqual(expected);
  });

  it('are read on by themselves behind a quote that is not closed within the bound', async () => {
    const lines = Array.from({ length: 30_000 }, (_none, index) => `${index},${'x'.repeat(60)}`);
    const records = await recordsIn(`a,"b\n${lines.join('\n')}\n`);
    expect(records).toHaveLength(30_001);
    expect(records[0]).toEqual(wrong(1));
    expect(records[30_000]).toEqual(at(30_001, '29999', 'x'.repeat(60)));
  });

  it('longer than a line may be are refused by their line', async () => {
    expect(await recordsIn(`1,${'x'.repeat(1_000_100)}\n2,b\n`)).toEqual([
      { line: 1, problem: 'is longer than 1000000 bytes' },
      at(2, '2', 'b'),
    ]);
  });

  it.each([
    [';', '1;"a;b";c\n'],
    ['\t', '1\t"a\tb"\tc\n'],
  ] as const)('may be divided by %j', async (delimiter, content) => {
    expect(await recordsIn(content, { delimiter })).toEqual([at(1, '1', `a${delimiter}b`, 'c')]);
  });
});

describe('the encoding of a file', () => {
  const bytes = Buffer.from('1,Caf\xe9,caf\xe9 \x93quoted\x94\n2,plain,Stra\xdfe\n', 'latin1');

  it('that is no UTF-8 is refused by line and field', async () => {
    expect(await recordsIn(bytes)).toEqual([
      { line: 1, misencoded: 1 },
      { line: 2, misencoded: 2 },
    ]);
    const quoted = Buffer.from('1,"a, b","x\ny\xff"\n2,b,c\n', 'latin1');
    expect(await recordsIn(quoted)).toEqual([{ line: 1, misencoded: 2 }, at(3, '2', 'b', 'c')]);
  });

  it('may be Windows-1252', async () => {
    expect(await recordsIn(bytes, { encoding: 'windows-1252' })).toEqual([
      at(1, '1', 'Café', 'café “quoted”'),
      at(2, '2', 'plain', 'Straße'),
    ]);
  });

  it.each([
    ['a character cut short', [0xe2, 0x82]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a long form', [0xc0, 0xaf]],
    ['a byte that never stands in UTF-8', [0xff]],
  ])('is strict: %s is no UTF-8', async (_what, wrongBytes) => {
    expect(await recordsIn(Buffer.from([0x31, 0x2c, ...wrongBytes, 0x0a]))).toEqual([{ line: 1, misencoded: 1 }]);
  });

  it('keeps what is well-formed, a replacement character too', async () => {
    expect(await recordsIn('1,\uFFFD Straße 🚧\n')).toEqual([at(1, '1', '\uFFFD Straße 🚧')]);
  });
});

describe('the fields of a record', () => {
  it('are what stands between commas', () => {
    expect(csvFieldsOf('a,,c')).toEqual(['a', '', 'c']);
    expect(csvFieldsOf('')).toEqual(['']);
  });

  it('may be quoted, with commas and doubled quotes inside', () => {
    expect(csvFieldsOf('"a, b","say ""so""",c')).toEqual(['a, b', 'say "so"', 'c']);
  });

  it.each(['"a,b', 'a,"b', 'a,"b"c"', '"', 'a"b,c'])('are none where quotes do not enclose them: %s', (text) => {
    expect(csvFieldsOf(text)).toBeNull();
  });

  it.each(['\r', '\u2028', '\u0085', '\v'])('may hold other line separators than a line feed: %j', (separator) => {
    expect(csvFieldsOf(`a${separator}b,c`)).toEqual([`a${separator}b`, 'c']);
    expect(csvFieldsOf(`"a${separator}b",c`)).toEqual([`a${separator}b`, 'c']);
  });
});
