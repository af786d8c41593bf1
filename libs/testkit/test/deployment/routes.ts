import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lint/snippet.js';
import { SOURCES } from './deployment.js';

/** A path that a controller of a library answers. */
export interface Route {
  /** With `x` for what is variable. */
  readonly path: string;
  /** The workspace of its controller. */
  readonly library: string;
}

/** Every route of every library, as its decorators say. */
export const routes = (): readonly Route[] => SOURCES.filter((file) => /^libs\/.+\.controller\.ts$/.test(file)).flatMap(routesOf);

function routesOf(file: string): readonly Route[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const prefix = /@Controller\((?:'(?<prefix>[^']*)')?\)/.exec(text)?.groups?.['prefix'] ?? '';
  const decorators = [...text.matchAll(/^ *@(?:Get|Post|Put|Patch|Delete|Sse|All)\((?<argument>[^)]*)\)/gm)].map(
    ({ groups }) => groups?.['argument'] ?? '',
  );
  if (decorators.length === 0) throw new Error(`${file}: a controller without routes`);
  return decorators.map((argument) => {
    if (!/^('[^']*')?$/.test(argument)) throw new Error(`${file}: the path ${argument} is not written out`);
    const path = `/${prefix}/${argument.slice(1, -1)}`
      .replaceAll(/\/+/g, '/')
      .replaceAll(/(?<=.)\/$/g, '')
      .replaceAll(/:\w+/g, 'x');
    return { path, library: file.split('/')[1] ?? '' };
  });
}
