import { assert } from '@onedoor/kernel';
import type { ServiceEntry } from '../services.js';

/**
 * The text of docker-compose.yml with its generated parts written anew: a container for each process, and what the proxy waits for. Each
 * part stands between a line `# <written: name>` and a line `# </written>`, which stay as they are; everything else is left alone.
 */
export function writeServices(composeFile: string, services: readonly ServiceEntry[]): string {
  const parts: Readonly<Record<string, readonly string[]>> = {
    'the containers': services.flatMap(({ name }, index) => [...(index > 0 ? [''] : []), ...containerOf(name)]),
    'what the proxy waits for': services.map(({ name }) => `${name}: { condition: service_healthy }`),
  };
  return Object.entries(parts).reduce((text, [name, lines]) => writePart(text, name, lines), composeFile);
}

const containerOf = (name: string): readonly string[] => [
  `${name}:`,
  '  <<: *service',
  `  command: [node, --disable-warning=TimeoutNegativeWarning, apps/${name}/dist/main.js]`,
  '  environment: *settings',
];

/** Between its two marks, and as far in as they are. */
function writePart(text: string, name: string, lines: readonly string[]): string {
  const part = new RegExp(`^( *)(# <written: ${name}>\\n)[^]*?^\\1(# </written>)$`, 'mu');
  assert(part.test(text), `docker-compose.yml has a place for ${name}`);
  return text.replace(part, (_, indent: string, opening: string, closing: string) =>
    [`${indent}${opening.trimEnd()}`, ...lines.map((line) => (line === '' ? '' : indent + line)), `${indent}${closing}`].join('\n'),
  );
}
