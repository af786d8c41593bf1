// `npm run docs`: writes docs/asyncapi.yaml and docs/events.md anew from the public events of libs/contracts.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, ROOT } from './set-up.mjs';

install();
build();

// Both are there only once they were installed and built.
const { asyncApi, eventsPage } = await import('@onedoor/contracts');
const { stringify } = await import('yaml');

const folder = join(ROOT, 'libs', 'contracts', 'src', 'golden');
const samples = new Map(readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))).map((event) => [event.type, event]));

write('asyncapi.yaml', stringify(asyncApi(samples), { aliasDuplicateObjects: false, lineWidth: 0, version: '1.1' }));
write('events.md', eventsPage(samples));

function write(name, text) {
  writeFileSync(join(ROOT, 'docs', name), text);
  console.log(`docs/${name}`);
}
