// Lints snippets under file paths that need not exist: JSON {filePath, code, needsTypes}[] on standard input, {ruleId, message}[][] on
// standard output, in the same order.
// The specs of the rules call it as a program, because the plugin of Nx does not load inside jest's own module loader.
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { ROOT } from './workspaces.mjs';

const TYPESCRIPT = ['**/*.{ts,tsx}'];

/** Automatic single runs are off, because they read types from the file on disk instead of the snippet. */
const withTypes = new ESLint({
  cwd: ROOT,
  overrideConfig: { files: TYPESCRIPT, languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
});
/** Types are known only for files that exist, and are slow to compute, so only the snippets that need them are linted with types. */
const withoutTypes = new ESLint({ cwd: ROOT, overrideConfig: { files: TYPESCRIPT, ...tseslint.configs.disableTypeChecked } });

const results = [];
for (const { filePath, code, needsTypes } of JSON.parse(await text(process.stdin))) {
  const path = join(ROOT, filePath);
  const [result] = await (needsTypes ? withTypes : withoutTypes).lintText(code, { filePath: path });
  results.push((result?.messages ?? []).map(({ ruleId, message }) => ({ ruleId, message })));
}
process.stdout.write(JSON.stringify(results));
