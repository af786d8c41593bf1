// Lints snippets under file paths that need not exist: JSON {filePath, code, needsTypes}[] on standard input, {ruleId, message}[][] on
// standard output, in the same order.
// The specs of the rules call it as a program, because the plugin of Nx does not load inside jest's own module loader.
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { ROOT } from './workspaces.mjs';

const TYPESCRIPT = ['**/*.{ts,tsx}'];

/** In a single run types are read from disk, which would judge the file instead of the snippet. */
const withTypes = new ESLint({
  cwd: ROOT,
  overrideConfig: { files: TYPESCRIPT, languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
});
/** Types are known only of files that exist, and take long to find out, so they are asked for only where a snippet needs them. */
const withoutTypes = new ESLint({ cwd: ROOT, overrideConfig: { files: TYPESCRIPT, ...tseslint.configs.disableTypeChecked } });

const results = [];
for (const { filePath, code, needsTypes } of JSON.parse(await text(process.stdin))) {
  const path = join(ROOT, filePath);
  const [result] = await (needsTypes ? withTypes : withoutTypes).lintText(code, { filePath: path });
  results.push((result?.messages ?? []).map(({ ruleId, message }) => ({ ruleId, message })));
}
process.stdout.write(JSON.stringify(results));
