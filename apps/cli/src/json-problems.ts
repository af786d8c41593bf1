const MAX_LEVELS = 64;

/** An object or a list that the scan is inside of. */
interface Level {
  /** As in `terms.targets[0]`; empty for the whole. */
  readonly path: string;
  /** Null for a list. */
  readonly keys: Set<string> | null;
  /** The key or the index whose value comes next. */
  next: string | number;
}

/** Strings, and the punctuation that gives JSON its form; numbers and words matter to no problem. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * What `JSON.parse` takes without a word although half of it is dropped, in a text that it parses: keys that stand twice in an object. And
 * levels deeper than MAX_LEVELS, which reading by rules must not follow.
 */
export function jsonProblems(text: string): readonly string[] {
  const problems: string[] = [];
  const open: Level[] = [];
  let isKey = false;
  for (const [token] of text.matchAll(TOKENS)) {
    const level = open.at(-1);
    if (token === '{' || token === '[') {
      if (open.length === MAX_LEVELS) return [...problems, `${pathIn(level)}: stands deeper than ${MAX_LEVELS} levels`];
      open.push({ path: level === undefined ? '' : pathIn(level), keys: token === '{' ? new Set() : null, next: token === '{' ? '' : 0 });
      isKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      isKey = false;
    } else if (token === ',') {
      if (level !== undefined && level.keys === null) level.next = Number(level.next) + 1;
      isKey = level !== undefined && level.keys !== null;
    } else if (token === ':') isKey = false;
    else if (isKey && level !== undefined && level.keys !== null) {
      level.next = JSON.parse(token) as string;
      if (level.keys.has(level.next)) problems.push(`${pathIn(level)}: stands twice`);
      level.keys.add(level.next);
    }
  }
  return problems;
}

function pathIn(level: Level | undefined): string {
  if (level === undefined) return '';
  if (level.keys === null) return `${level.path}[${level.next}]`;
  return level.path === '' ? String(level.next) : `${level.path}.${level.next}`;
}
