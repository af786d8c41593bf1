// Lints snippets under file paths that need not exist: JSON {filePath, code}[] on standard input, {ruleId, message}[][] on standard output.
// The specs of the rules call it as a program, because the plugin of Nx does not load inside jest's own module loader.
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { ROOT } from './workspaces.mjs';

const TYPESCRIPT = ['**/*.{ts,tsx}'];

/** In a single run types are read from disk, which would judge the file instead of the snippet. */
const onDisk = new ESLint({
  cwd: ROOT,
  overrideConfig: { files: TYPESCRIPT, languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
});
/** Rules that need types only know files that a tsconfig includes, so they are off for paths that do not exist. */
const imagined = new ESLint({ cwd: ROOT, overrideConfig: { files: TYPESCRIPT, ...tseslint.configs.disableTypeChecked } });

const results = [];
for (const { filePath, code } of JSON.parse(await text(process.stdin))) {
  const path = join(ROOT, filePath);
  const [result] = await (existsSync(path) ? onDisk : imagined).lintText(code, { filePath: path });
  results.push((result?.messages ?? []).map(({ ruleId, message }) => ({ ruleId, message })));
}
process.stdout.write(JSON.stringify(results));
