import { CODE_FIXTURES } from './lint/code-fixtures.js';
import { IMPORT_FIXTURES } from './lint/import-fixtures.js';
import { lint, type Finding } from './lint/snippet.js';

/** A program has to start, and load eslint, TypeScript and the graph of the workspaces. */
const PATIENCE_MS = 120_000;

const FIXTURES = [...IMPORT_FIXTURES, ...CODE_FIXTURES].map((fixture, index) => ({ ...fixture, index }));

describe('lint', () => {
  let findings: readonly (readonly Finding[])[];

  beforeAll(async () => {
    findings = await lint(FIXTURES.flatMap(({ refused, passes }) => [refused, passes]));
  }, PATIENCE_MS);

  it.each(FIXTURES)('refuses: $what', ({ index, ruleId, says }) => {
    const found = findings[2 * index]?.filter((finding) => String(finding.ruleId) === ruleId) ?? [];
    expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining(says));
  });

  it.each(FIXTURES)('lets its sibling pass: $what', ({ index }) => {
    expect(findings[2 * index + 1]).toEqual([]);
  });
});
