// The roles of a context's files, by the ends of their names. A file without one is pure.
const IMPURE = ['http', 'service', 'worker', 'page', 'module'];

/** Globs of the files of a context that need not be pure. */
export const WITH_ROLES = [...IMPURE.map((role) => `**/*.${role}.{ts,tsx}`), '**/commands/**', '{libs,apps}/*/src/index.ts'];

/** The role of a file, by its path below `src`: `pure`, `command`, or what its name ends in. */
export function roleOf(inside) {
  if (/(^|\/)commands\//.test(inside)) return 'command';
  if (/^index\.[jt]s$/.test(inside)) return 'index';
  const [, role] = /\.([a-z]+)\.[jt]sx?$/.exec(inside) ?? [];
  return IMPURE.includes(role) ? role : 'pure';
}
