import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './lint/import-graph.js';
import { ROOT } from './lint/snippet.js';

const LONGEST = 140;
const SHORT = 20;

const files = sourceFiles().map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n') }));

describe('source files', () => {
  it('hold an idea each, not a line: few are short', () => {
    const product = files.filter(({ file }) => !/\.spec\.ts$|\/test\//.test(file));
    const short = product.filter(({ lines }) => lines.length <= SHORT);
    expect(product.length).toBeGreaterThan(500);
    expect(short.length / product.length).toBeLessThanOrEqual(0.15);
  });

  it('have few lines that are too long: texts that can not be divided', () => {
    const long = files.flatMap(({ file, lines }) =>
      lines.flatMap((line, index) => (line.length > LONGEST ? [`${file}:${index + 1}`] : [])),
    );
    expect(long.slice(20)).toEqual([]);
  });
});
