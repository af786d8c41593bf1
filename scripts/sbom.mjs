// `npm run -s sbom`: prints what the product is made of, as CycloneDX, from what is installed. What only builds and tests it is marked by
// the property `cdx:npm:package:development`; npm's own `--omit dev` would leave out what both need.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, ROOT, stop } from './set-up.mjs';

install();

const { name, version, description } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
const { status, stdout, stderr } = spawnSync('npm', words, {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 1 << 28,
  shell: process.platform === 'win32',
});
if (status !== 0) stop('The installed packages can not be listed; `npm ls --all --loglevel=error` says which one is wrong:', stderr);

// npm names the product after its folder.
const document = JSON.parse(stdout);
Object.assign(document.metadata.component, { name, version, description });
process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
