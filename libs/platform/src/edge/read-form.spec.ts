import { Readable } from 'node:stream';
import fc from 'fast-check';
import { RequestProblem } from '../http/problem.js';
import { readForm } from './read-form.js';
import { readMultipart } from './read-multipart.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const detailsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof RequestProblem) return error.details;
    throw error;
  }
  return [];
};

describe('a form', () => {
  it.each<[string, object]>([
    ['', {}],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&a=2&a=', { a: ['1', '2', ''] }],
    ['a&&=b', { a: '', '': 'b' }],
    ['a=1+2%2B3&b=%C3%A9', { a: '1 2+3', b: 'é' }],
    ['__proto__=1&constructor=2', JSON.parse('{"__proto__":"1","constructor":"2"}') as object],
  ])('%j has the fields %j', (text, fields) => {
    expect(readForm(latin1(text), null).texts()).toEqual(fields);
  });

  it.each<[string, string | null, readonly string[]]>([
    ['a=%', null, ['a: has a % that two hexadecimal digits do not follow']],
    ['ab=1%2', null, ['ab: has a % that two hexadecimal digits do not follow']],
    ['%zz=1', null, ['body: the name of a field has a % that two hexadecimal digits do not follow']],
    ['a=%C3&b=%C3%A9', null, ['a: is not well-formed text of the charset utf-8']],
    ['a=\xe9', null, ['a: is not well-formed text of the charset utf-8']],
    ['a=%ED%A0%80', null, ['a: is not well-formed text of the charset utf-8']],
    ['a=%81', 'shift_jis', ['a: is not well-formed text of the charset shift_jis']],
    [Array.from({ length: 45_000 }, () => 'a=1').join('&'), null, ['body: must have at most 200 fields']],
  ])('%# is refused by name', (text, charset, details) => {
    expect(detailsOf(() => readForm(latin1(text), charset).texts())).toEqual(details);
  });

  it('is read in the charset that it names, and else in the one that its reader supposes', () => {
    expect(readForm(latin1('a=caf%e9'), 'windows-1252').texts()).toEqual({ a: 'café' });
    expect(readForm(latin1('a=caf%e9'), null).texts('iso-8859-1')).toEqual({ a: 'café' });
  });
});

const part = (headers: string, content: Buffer | string): Buffer =>
  Buffer.concat([latin1(`--b\r\n${headers}\r\n\r\n`), typeof content === 'string' ? Buffer.from(content) : content, latin1('\r\n')]);
const field = (name: string, content: Buffer | string, more = ''): Buffer =>
  part(`Content-Disposition: form-data; name="${name}"${more}`, content);
const END = latin1('--b--\r\n');
const read = (chunks: readonly Buffer[], type = 'multipart/form-data; boundary=b') =>
  readMultipart(Readable.from(chunks, { objectMode: false }), type, null);

describe('a multipart form', () => {
  it('has the same fields however it is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', 'attribute[X]'), fc.uint8Array({ maxLength: 60 })), { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }),
        async (fields, cuts) => {
          const whole = Buffer.concat([...fields.map(([name, bytes]) => field(name, Buffer.from(bytes))), END]);
          const pieces: Buffer[] = [];
          for (let at = 0, turn = 0; at < whole.length; turn++) {
            const length = cuts[turn % cuts.length] ?? 1;
            pieces.push(whole.subarray(at, at + length));
            at += length;
          }
          const form = await read(pieces);
          expect(form.fields.map(({ name, value }) => [name.toString(), [...value]])).toEqual(
            fields.map(([name, bytes]) => [name, [...bytes]]),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes lines that look like delimiters, names in quotes, preamble and epilogue', async () => {
    const form = await read([
      latin1('preamble\r\n'),
      field('a', '\r\n--\r\n--c'),
      part('content-disposition: form-data; name="say \\"hi\\""; x=y', 'b'),
      part('Content-Type: text/plain\r\nContent-Disposition:form-data;name=c', 'c'),
      END,
      latin1('epilogue --b'),
    ]);
    expect(form.texts()).toEqual({ a: '\r\n--\r\n--c', 'say "hi"': 'b', c: 'c' });
  });

  it('counts files without keeping them, and takes none of no byte for one', async () => {
    const form = await read([
      field('photo', Buffer.alloc(300_000, 7), '; filename="p.jpg"'),
      field('none', '', '; filename=""'),
      part('Content-Disposition: form-data; name="raw"\r\nContent-Type: application/octet-stream', 'x'),
      field('a', '1'),
      END,
    ]);
    expect(form.files).toEqual([
      { name: 'photo', bytes: 300_000 },
      { name: 'raw', bytes: 1 },
    ]);
    expect(form.texts()).toEqual({ a: '1' });
  });

  it('reads each field in the charset of its part', async () => {
    const windows = part('Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset="windows-1252"', latin1('caf\xe9'));
    expect((await read([windows, field('b', 'é'), END])).texts()).toEqual({ a: 'café', b: 'é' });
  });

  it.each<[string, readonly Buffer[], string | undefined, number, string]>([
    ['is cut short', [field('a', '1')], undefined, 400, 'body: the form is cut short'],
    ['is empty', [], undefined, 400, 'body: the form is cut short'],
    ['names no boundary', [END], 'multipart/form-data', 400, 'Content-Type: must name the boundary of the form'],
    [
      'has a part without a name',
      [part('Content-Disposition: form-data', '1'), END],
      undefined,
      400,
      'body: a part of the form has no name in its Content-Disposition',
    ],
    [
      'has headers without end',
      [latin1(`--b\r\nX: ${'x'.repeat(5_000)}`)],
      undefined,
      400,
      'body: is no multipart form: a part has no end of its headers',
    ],
    [
      'has too many fields',
      [...Array.from({ length: 201 }, () => field('a', '1')), END],
      undefined,
      400,
      'body: must have at most 200 fields',
    ],
    ['has too long a field', [field('a', 'x'.repeat(300_000)), END], undefined, 413, 'body: its fields must be at most 262144 bytes'],
  ])('that %s is refused', async (_what, chunks, type, status, detail) => {
    const problem = await read(chunks, type).catch((error: unknown) => error);
    expect(problem instanceof RequestProblem && [problem.getStatus(), problem.details]).toEqual([status, [detail]]);
  });
});
