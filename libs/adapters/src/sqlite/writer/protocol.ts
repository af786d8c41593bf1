/**
 * What the main thread and a writer worker say to each other. Types only: the worker's files are loaded straight from source
 * under test and from the build otherwise, so they may import nothing of ours at run time.
 */
export interface WriterStart {
  readonly path: string;
  /** Set at the start, then read back: a file that answers otherwise is not opened. */
  readonly pragmas: Readonly<Record<string, string | number>>;
  /** The module whose `prepare` handles the jobs. */
  readonly handlerUrl: string;
  readonly options: unknown;
}

/** What the thread is started with. */
export interface WriterThread {
  readonly start: WriterStart;
  /** Two 32-bit cells: the number of messages sent so far, on which the thread sleeps, and whether it sleeps. */
  readonly wakeup: SharedArrayBuffer;
}

/** One kind of job: what is asked and what is answered. */
export type Jobs = Record<string, { readonly ask: unknown; readonly answer: unknown }>;

/** Writes what is there already: shows whether the disk takes writes. */
export type ProbeJob = { probe: { readonly ask: null; readonly answer: unknown } };

export interface Job {
  readonly kind: string;
  readonly ask: unknown;
  /** About how much it writes: one transaction stays bounded by it. */
  readonly characters: number;
}

export interface Handler<Kinds extends Jobs> {
  /** Told to the main thread once the file is open. */
  readonly opened: unknown;
  readonly jobs: { readonly [Kind in keyof Kinds]: (ask: Kinds[Kind]['ask']) => Kinds[Kind]['answer'] };
  /** Runs before each COMMIT, as the last of its transaction. */
  committing?(): void;
  /** Runs after each COMMIT, before its jobs are answered. */
  committed?(): void;
  /** Runs after a transaction was rolled back: what the handler knows of the file is read again. */
  rolledBack(): void;
  /** Runs before the file is closed. */
  close?(): void;
}

export type ToWriter = { readonly kind: 'jobs'; readonly jobs: readonly Job[] } | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'opened'; readonly opened: unknown }
  /** The answers of one transaction, in the order in which its jobs were sent. */
  | { readonly kind: 'answers'; readonly answers: readonly unknown[] }
  /** The disk did not take the transaction of so many jobs, the first of those that were sent: nothing of it was written. */
  | { readonly kind: 'refused'; readonly jobs: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly isOfDisk: boolean };
