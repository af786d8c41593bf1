import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { upcast, type AnyCommandSet, type Publication, type RecordedEvent } from '@onedoor/engine';
import type { DomainEvent } from '@onedoor/kernel';
import { goldenStream } from '../src/golden.js';
import { sourceFiles } from './lint/import-graph.js';
import { ROOT } from './lint/snippet.js';

/** The part of a context's value that specs look at. */
export interface Context {
  readonly name: string;
  readonly aggregates: readonly ContextAggregate[];
  readonly projections: readonly { readonly handles: readonly string[]; readonly categories: readonly string[] }[];
  readonly topics: readonly string[];
  readonly consumes: { readonly topics: readonly string[] } | null;
}

export interface ContextAggregate {
  readonly of: {
    readonly category: string;
    readonly decider: { readonly initial: unknown; evolve(state: unknown, event: DomainEvent): unknown };
    readonly shapes: Readonly<Record<string, { readonly v: number }>>;
  };
  readonly commands: AnyCommandSet;
  publish?(event: RecordedEvent, stateAfter: unknown): readonly Publication[];
  describe(event: DomainEvent): string;
  /** Given where auditors read its streams. */
  present?(events: readonly RecordedEvent[]): object | null;
}

// By path: the testkit depends on no composition.
const composition = '../../composition/src/contexts.js';
export const { CONTEXTS } = (await import(composition)) as { readonly CONTEXTS: readonly Context[] };

const roles = pathToFileURL(join(ROOT, 'scripts/lint/roles.mjs')).href;
const { roleOf } = (await import(roles)) as { readonly roleOf: (inside: string) => string };

/** The source files of a context that only compute, and its commands: none of its specs. */
export const pureFilesOf = ({ name }: Context): readonly string[] =>
  sourceFiles().filter((file) => {
    const folder = `libs/${name}/src/`;
    return file.startsWith(folder) && !file.endsWith('.spec.ts') && roleOf(file.slice(folder.length)) === 'pure';
  });

/** An event of a golden file as it is folded today, and the state that it leads to. */
export interface Folded {
  readonly event: RecordedEvent;
  readonly stateAfter: unknown;
}

/** Where the golden files of an aggregate stand. Throws where there is no such folder. */
export function goldenFolderOf({ name }: Context, { of: { category, shapes } }: ContextAggregate): string {
  const source = join(ROOT, 'libs', name, 'src');
  const first = join('golden', `${Object.keys(shapes)[0]}.v1.json`);
  const file = readdirSync(source, { recursive: true, encoding: 'utf8' }).find((path) => path.endsWith(first));
  if (file === undefined) throw new Error(`${category}: there is no ${first}`);
  return join(source, dirname(file));
}

/** The stream that the golden files of an aggregate make up: of each type the newest version, folded. */
export function goldenOf(context: Context, aggregate: ContextAggregate): readonly Folded[] {
  const { category, decider, shapes } = aggregate.of;
  let state = decider.initial;
  return goldenStream(goldenFolderOf(context, aggregate), `${category}-golden`).map((recorded) => {
    const event = upcast(shapes, recorded);
    state = decider.evolve(state, event);
    return { event, stateAfter: state };
  });
}
