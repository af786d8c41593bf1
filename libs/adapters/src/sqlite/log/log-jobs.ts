import type { ProbeJob } from '../writer/protocol.js';

/** What the writer of `log.db` does. Types only: see `../writer/protocol.ts`. */
export type LogJobs = {
  append: { readonly ask: AppendAsk; readonly answer: AppendAnswer };
  /** Appends, and names the log anew from then on: every position of before is void. */
  renew: { readonly ask: { readonly incarnation: string; readonly append: AppendAsk }; readonly answer: AppendAnswer };
  /**
   * The reference's key: the one it has, else the candidate from now on; null after an erasure, `damaged` where it is not as it was
   * written.
   */
  key: { readonly ask: { readonly reference: string; readonly candidate: Uint8Array }; readonly answer: Uint8Array | 'damaged' | null };
  /** Keeps a contact that is sealed with this key, if it is the reference's, or becomes it. */
  keepContact: {
    readonly ask: { readonly reference: string; readonly key: Uint8Array; readonly contact: Uint8Array };
    readonly answer: 'kept' | 'erased' | 'damaged' | { readonly otherKey: Uint8Array };
  };
  destroy: { readonly ask: string; readonly answer: null };
} & ProbeJob;

export interface AppendAsk {
  readonly stream: string;
  readonly category: string;
  /** The revision the stream must have, -1 for none. */
  readonly expected: number;
  readonly events: readonly EventRow[];
}

/** Id, type, v, at, recordedAt, data and metadata, both as JSON. */
export type EventRow = readonly [id: string, type: string, v: number, at: string, recordedAt: string, data: string, metadata: string];

export type AppendAnswer =
  | { readonly outcome: 'appended'; readonly revision: number; readonly place: number; readonly isRetry: boolean }
  | { readonly outcome: 'conflict'; readonly actual: number | null };

export interface LogOpened {
  readonly incarnation: string;
  /** The place of the last event, 0 when there is none. */
  readonly tail: number;
  /** The id of that event; empty when there is none. */
  readonly tailId: string;
}

export interface LogOptions {
  /** The file that names the last acknowledged event. */
  readonly headPath: string;
  /** When the file is opened. */
  readonly at: string;
  /** The file was put there from elsewhere: its positions so far are void. */
  readonly isPutBack: boolean;
}
