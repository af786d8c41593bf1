import type { StoredEvent } from './stored-event.js';

export type Expected = number | 'no_stream' | 'stream_exists' | 'any';

/** A stream as the rules see it: all its events from revision 0 on, hidden ones too. */
export interface StreamState {
  readonly events: readonly StoredEvent[];
  readonly isSoftDeleted: boolean;
  readonly isTombstoned: boolean;
  canRead(event: StoredEvent): boolean;
}

export type Verdict =
  | { readonly kind: 'write' }
  /** A retry: the same events were written there before. `event` is null where it is hidden from readers by now. */
  | { readonly kind: 'already'; readonly revision: number; readonly event: StoredEvent | null }
  | { readonly kind: 'wrong'; readonly current: number | null }
  | { readonly kind: 'deleted' }
  /** The server fails internally without an answer, so the client waits for its deadline. */
  | { readonly kind: 'unanswered' };

/** How many events of a stream an append without expected revision compares ids with; the server's cache is bounded in bytes instead. */
const RECENT_EVENTS = 1_000;

/** What the server does with an append. It compares the expected revision and the ids, and nothing else. */
export function judge(state: StreamState, expected: Expected, ids: readonly string[]): Verdict {
  if (state.isTombstoned) return { kind: 'deleted' };
  if (expected === 'any' || expected === 'stream_exists') return judgeUnordered(state, expected, ids);
  const head = state.events.length - 1;
  const before = expected === 'no_stream' ? -1 : expected;
  const current = head < 0 ? null : head;
  if (before > head) return { kind: 'wrong', current };
  if (before === head) return { kind: 'write' };
  if (expected === 'no_stream' && state.isSoftDeleted && state.events[0]?.id !== ids[0]) return { kind: 'write' };
  if (!ids.every((id, index) => state.events[before + 1 + index]?.id === id)) return { kind: 'wrong', current };
  return already(state, before + ids.length);
}

function judgeUnordered(state: StreamState, expected: 'any' | 'stream_exists', ids: readonly string[]): Verdict {
  if (expected === 'stream_exists' && state.isSoftDeleted) return { kind: 'deleted' };
  if (expected === 'stream_exists' && state.events.length === 0) return { kind: 'wrong', current: null };
  const recent = new Map(state.events.slice(-RECENT_EVENTS).map((event) => [event.id, event.revision]));
  const revisions = ids.map((id) => recent.get(id));
  if (revisions[0] === undefined) return { kind: 'write' };
  if (revisions.includes(undefined)) return { kind: 'wrong', current: state.events.length - 1 };
  const last = revisions.at(-1) ?? -1;
  if (last < revisions[0] - 1) return { kind: 'unanswered' };
  return already(state, last);
}

function already(state: StreamState, revision: number): Verdict {
  const event = state.events[revision];
  return { kind: 'already', revision, event: event && state.canRead(event) ? event : null };
}
