import type { ProbeJob } from '../writer/protocol.js';

/** What the writer of `views.db` does. Types only: see `../writer/protocol.ts`. */
export type ViewsJobs = {
  apply: { readonly ask: ApplyAsk; readonly answer: VersionAnswer };
  promote: { readonly ask: { readonly staged: CollectionShape; readonly live: CollectionShape }; readonly answer: VersionAnswer };
  /** Messages as topic and JSON; answers the place of the last one. */
  publish: { readonly ask: readonly (readonly [topic: string, event: string])[]; readonly answer: number };
  /** Registers a group with its topics and answers how far it has come in each, in their order. */
  join: { readonly ask: { readonly group: string; readonly topics: readonly string[] }; readonly answer: readonly number[] };
  pass: { readonly ask: { readonly group: string; readonly topics: readonly string[]; readonly place: number }; readonly answer: null };
  forget: { readonly ask: string; readonly answer: null };
  /** `witness` names the last acknowledged event of the log; null while there is none. */
  advance: {
    readonly ask: { readonly name: string; readonly from: string | null; readonly to: string | null; readonly witness: string | null };
    readonly answer: boolean;
  };
} & ProbeJob;

/** A collection as the file knows it: `indexes` holds, for each index, the SQL it orders by. */
export interface CollectionShape {
  readonly name: string;
  readonly version: number;
  readonly indexes: readonly string[];
}

export interface ApplyAsk {
  readonly collection: CollectionShape;
  /** The body as JSON; null for a tombstone. */
  readonly puts: readonly (readonly [id: string, position: string, body: string | null, place: string])[];
}

/** The version that stands in the file when it is not the one that was asked for; null when all is well. */
export type VersionAnswer = number | null;

export interface ViewsOpened {
  /** The place of the last message, 0 when there is none. */
  readonly tail: number;
}

/** The log that the views must belong to. */
export interface ViewsOptions {
  readonly incarnation: string;
  /** Whether what the file holds was built from this very log; otherwise it is made anew. */
  readonly belong: boolean;
}
