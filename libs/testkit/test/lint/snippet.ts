import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** A pair of snippets that differ in what the rule is about: one is refused, its sibling passes. */
export interface Fixture {
  readonly what: string;
  readonly ruleId: string;
  /** What the message says: our rules by their names, the rules of others in their own words. */
  readonly says: string;
  readonly refused: Snippet;
  readonly passes: Snippet;
}

export interface Snippet {
  readonly filePath: string;
  readonly code: string;
  /** Types are known only of a file that exists; its text is not looked at. */
  readonly needsTypes?: true;
}

export interface Finding {
  readonly ruleId: string | null;
  readonly message: string;
}

export const ROOT = join(import.meta.dirname, '../../../..');

/** The findings in each snippet, all from one run of a program: eslint's plugins do not load inside jest. */
export function lint(snippets: readonly Snippet[]): Promise<readonly (readonly Finding[])[]> {
  return new Promise((resolve, reject) => {
    const options = { cwd: ROOT, env: { ...process.env, NX_DAEMON: 'false', NX_TASK_TARGET_PROJECT: undefined }, maxBuffer: 1 << 26 };
    const program = execFile(process.execPath, ['scripts/lint/lint-snippets.mjs'], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(JSON.parse(stdout) as Finding[][]);
    });
    program.stdin?.end(JSON.stringify(snippets));
  });
}
