// `npm run docs`: writes what is made from the code anew: docs/openapi.yaml from the routes of the product, the types of commands in
// libs/contracts from it, docs/asyncapi.yaml and docs/events.md from the public events of libs/contracts, the schema of an import's
// mapping from its rules, and from the table of services the proxy's paths and the containers of docker-compose.yml.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, install, ROOT } from './set-up.mjs';

install();
build();

// All of them are there only once they were installed and built.
const { asyncApi, commandTypes, eventsPage } = await import('@onedoor/contracts');
const { CONTEXTS, productOpenApi, proxyTable, SERVICES, writeServices } = await import('@onedoor/composition');
const { DEMO_HOOKS } = await import('@onedoor/demo');
const { mappingSchema } = await import(join(ROOT, 'apps/cli/dist/import/mapping.js'));
const { stringify } = await import('yaml');
const { format, resolveConfig } = await import('prettier');

const folder = join(ROOT, 'libs', 'contracts', 'src', 'golden');
const samples = new Map(
  readdirSync(folder)
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .map((event) => [event.type, event]),
);

const openApi = await productOpenApi(CONTEXTS, DEMO_HOOKS);
write('docs/openapi.yaml', yaml(openApi));
await writeCode('libs/contracts/src/commands.generated.ts', commandTypes(JSON.parse(JSON.stringify(openApi))));
write('docs/asyncapi.yaml', yaml(asyncApi(samples)));
write('docs/events.md', eventsPage(samples));
await writeCode('docs/import-mapping.schema.json', JSON.stringify(mappingSchema()));
write('infra/proxy/services.map', proxyTable(SERVICES).nginx);
write('docker-compose.yml', writeServices(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), SERVICES));

/** Quoted as YAML 1.1 needs it too, whose readers would take a bare instant for a date. */
function yaml(document) {
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0, version: '1.1' });
}

async function writeCode(name, text) {
  const file = join(ROOT, name);
  write(name, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

function write(name, text) {
  writeFileSync(join(ROOT, name), text);
  console.log(name);
}
