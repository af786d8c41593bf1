// The workspaces and their tags, read from their package.json, so that every rule holds in a new workspace without a change here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** The files of tests, which may import more than the code they test. */
export const TESTS = ['**/*.spec.{ts,tsx}', '{libs,apps}/*/test/**'];

const workspaces = ['libs', 'apps'].flatMap((group) =>
  readdirSync(join(ROOT, group))
    .map((name) => `${group}/${name}`)
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')))
    .map((folder) => {
      const { nx, onedoor } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
      return { folder, tags: nx?.tags ?? [], slices: onedoor?.slices ?? [] };
    }),
);

/** The workspaces by their tag `type:*`. */
export const FOLDERS_BY_TYPE = Map.groupBy(workspaces, ({ folder, tags }) => {
  const type = tags.find((tag) => tag.startsWith('type:'));
  if (type === undefined) throw new Error(`${folder}/package.json has no nx tag type:*, so no rule would hold in it`);
  return type;
});

/** Globs of the source files of all workspaces of the given types, or of some parts of them. */
export function sourceOf(types, ...parts) {
  const folders = types.flatMap((type) => FOLDERS_BY_TYPE.get(type) ?? []).map(({ folder }) => folder);
  return folders.flatMap((folder) => (parts.length === 0 ? ['**'] : parts).map((part) => `${folder}/src/${part}`));
}

/** The contexts, each with its slices in groups: a slice may import those of earlier groups, and none of its own group. */
export const CONTEXTS = ['type:context', 'type:audit'].flatMap((type) => FOLDERS_BY_TYPE.get(type) ?? []);

/** The source files of pure workspaces; pure files of contexts are told by their names (roles.mjs). */
export const PURE = sourceOf(['type:kernel', 'type:domain', 'type:engine']);
