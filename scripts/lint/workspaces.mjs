// The workspaces and their tags, read from their package.json: a new context falls under every rule without a word here.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Tests may use what the code they test may not. */
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

/** The tags of the kind `type:*`, each with the workspaces that carry it. */
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

/** The contexts, each with the order of its slices: those of one group stand side by side, on those of the groups before it. */
export const CONTEXTS = ['type:context', 'type:audit'].flatMap((type) => FOLDERS_BY_TYPE.get(type) ?? []);

/** Everything that only computes, outside of contexts. */
export const PURE = sourceOf(['type:kernel', 'type:domain', 'type:engine']);
