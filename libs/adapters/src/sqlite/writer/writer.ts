import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Unavailable } from '@onedoor/engine';
import type { FromWriter, Job, Jobs, ProbeJob, ToWriter, WriterStart, WriterThread } from './protocol.js';

/** Beyond these, jobs are refused as `Unavailable`. */
const WAITING_JOBS_MAX = 10_000;
const WAITING_CHARACTERS_MAX = 256 * 1024 * 1024;

/** How often a file that the disk did not take writes to is tried again. */
const PROBE_MS = 1_000;

/** A file that can't be opened. */
export class CannotOpen extends Unavailable {
  constructor(
    path: string,
    reason: string,
    /** Whether the disk is full, can't be written, or fails. */
    readonly isOfDisk: boolean,
  ) {
    super(`Cannot open ${path}: ${reason}`);
  }
}

/** Hears whether the disk takes what is written to a file. */
export interface WriteObserver {
  refused(path: string, reason: string): void;
  /** Asked after each transaction since one was refused, until the answer is that the disk takes writes again. */
  written(path: string): boolean;
}

/** The cells of `WriterThread.wakeup`. */
const MESSAGES = 0;
const IS_ASLEEP = 1;

interface WaitingJob extends Job {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The main thread's side of one data file's writer. Jobs are sent to the thread at the end of the event loop's turn in which they
 * came; the thread commits all waiting jobs together, so that one sync to disk serves them all. Jobs that the disk does not take are
 * `Unavailable`, and later ones are tried; until one is taken, it is probed. Any other failure is final: every unanswered and later job is
 * `Unavailable`.
 */
export class Writer<Kinds extends Jobs & ProbeJob> {
  /** Not sent yet. */
  #outgoing: WaitingJob[] = [];
  /** Sent and not answered, in the order in which they were sent. */
  #unanswered: WaitingJob[] = [];
  #unansweredCharacters = 0;
  #failure: Error | null = null;
  #isClosing = false;
  #batches = 0;
  /** The disk refused a transaction, and is not known to take them again. */
  #isInDoubt = false;
  #probe: NodeJS.Timeout | null = null;
  readonly #onIdle: (() => void)[] = [];
  readonly #onFailure: ((error: Error) => void)[] = [];
  readonly #exited: Promise<void>;

  private constructor(
    readonly path: string,
    private readonly worker: Worker,
    private readonly wakeup: Int32Array,
    private readonly observer: WriteObserver,
  ) {
    worker.on('message', (message: FromWriter) => this.#receive(message));
    worker.on('error', (error) => this.#fail(error.message));
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        if (!this.#isClosing || this.#unanswered.length > 0) this.#fail('its thread ended');
        resolve();
      });
    });
    worker.unref();
  }

  /** Starts the thread and resolves once it has the file open, with what its handler tells about it. */
  static open<Kinds extends Jobs & ProbeJob, Opened>(
    start: WriterStart,
    observer: WriteObserver,
  ): Promise<{ writer: Writer<Kinds>; opened: Opened }> {
    const loop = import.meta.url.endsWith('.ts') ? './loop.ts' : './loop.js';
    const wakeup = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
    const workerData: WriterThread = { start, wakeup };
    const worker = new Worker(fileURLToPath(new URL(loop, import.meta.url)), { workerData, execArgv: [] });
    return new Promise((resolve, reject) => {
      const refuse = (reason: string, isOfDisk = false) => reject(new CannotOpen(start.path, reason, isOfDisk));
      worker.once('error', (error) => refuse(error.message));
      worker.once('exit', () => refuse('its thread ended'));
      worker.once('message', (message: FromWriter) => {
        if (message.kind === 'opened')
          resolve({ writer: new Writer<Kinds>(start.path, worker, new Int32Array(wakeup), observer), opened: message.opened as Opened });
        else if (message.kind === 'failed') refuse(message.reason, message.isOfDisk);
        else refuse('it spoke out of turn');
      });
    });
  }

  /**
   * Queues one job. `settle` turns the answer into the result at once, in the order in which the jobs were committed:
   * updates that must follow that order (of a tail or a buffer) are done there. `characters` is about how much the job writes.
   */
  ask<Kind extends keyof Kinds & string, Result>(
    kind: Kind,
    ask: Kinds[Kind]['ask'],
    characters: number,
    settle: (answer: Kinds[Kind]['answer']) => Result,
  ): Promise<Result> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#isClosing) return Promise.reject(new Unavailable(`${this.path} is closed`));
    if (this.#unanswered.length >= WAITING_JOBS_MAX || this.#unansweredCharacters > WAITING_CHARACTERS_MAX) {
      return Promise.reject(new Unavailable(`${this.path}: ${this.#unanswered.length} writes are waiting already`));
    }
    return new Promise((resolve, reject) => {
      const settled = (answer: unknown): void => {
        try {
          resolve(settle(answer as Kinds[Kind]['answer']));
        } catch (error) {
          reject(error as Error);
        }
      };
      this.#take({ kind, ask, characters, resolve: settled, reject });
    });
  }

  /** Transactions so far: each costs one sync to disk, however many jobs share it. */
  get batches(): number {
    return this.#batches;
  }

  onFailure(callback: (error: Error) => void): void {
    if (this.#failure) callback(this.#failure);
    else this.#onFailure.push(callback);
  }

  /** Takes no more jobs, and resolves when those that wait are done. */
  async finish(): Promise<void> {
    this.#isClosing = true;
    if (this.#probe) clearTimeout(this.#probe);
    this.worker.ref();
    if (this.#unanswered.length > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  /** Finishes, then ends the thread. */
  async close(): Promise<void> {
    await this.finish();
    if (!this.#failure) this.#send({ kind: 'close' });
    await this.#exited;
  }

  #take(job: WaitingJob): void {
    // An idle writer never keeps the process alive; one with work in hand does.
    if (this.#unanswered.length === 0) this.worker.ref();
    this.#unanswered.push(job);
    this.#unansweredCharacters += job.characters;
    if (this.#outgoing.length === 0) setImmediate(() => this.#sendOutgoing());
    this.#outgoing.push(job);
  }

  #sendOutgoing(): void {
    if (this.#failure || this.#outgoing.length === 0) return;
    const jobs = this.#outgoing.map(({ kind, ask, characters }) => ({ kind, ask, characters }));
    this.#outgoing = [];
    this.#send({ kind: 'jobs', jobs });
  }

  #send(message: ToWriter): void {
    this.worker.postMessage(message);
    Atomics.add(this.wakeup, MESSAGES, 1);
    // A thread that is at work looks for messages itself before it sleeps: a notification would cost time and do nothing.
    if (Atomics.load(this.wakeup, IS_ASLEEP) === 1) Atomics.notify(this.wakeup, MESSAGES);
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'failed') return this.#fail(message.reason);
    if (message.kind === 'refused') return this.#refuse(message.jobs, message.reason);
    if (message.kind !== 'answers') return this.#fail('it spoke out of turn');
    this.#batches += 1;
    if (this.#isInDoubt) this.#isInDoubt = !this.observer.written(this.path);
    this.#taken(message.answers.length).forEach((job, index) => job.resolve(message.answers[index]));
    this.#rest();
  }

  #refuse(jobs: number, reason: string): void {
    this.observer.refused(this.path, reason);
    const failure = new Unavailable(`${this.path} can not be written: ${reason}`);
    for (const job of this.#taken(jobs)) job.reject(failure);
    this.#isInDoubt = true;
    this.#probeSoon();
    this.#rest();
  }

  /** An idle file is written now and then, so that it is known when the disk takes writes again. */
  #probeSoon(): void {
    if (this.#isClosing || this.#failure) return;
    this.#probe ??= setTimeout(() => {
      this.#probe = null;
      if (!this.#isInDoubt || this.#isClosing) return;
      this.ask('probe', null, 0, () => undefined).then(
        () => this.#probeSoon(),
        () => undefined,
      );
    }, PROBE_MS).unref();
  }

  /** The first of the jobs that were sent: those that are answered now. */
  #taken(count: number): readonly WaitingJob[] {
    const jobs = this.#unanswered.splice(0, count);
    for (const { characters } of jobs) this.#unansweredCharacters -= characters;
    return jobs;
  }

  #rest(): void {
    if (this.#unanswered.length > 0) return;
    if (this.#isClosing) this.#notifyIdle();
    else this.worker.unref();
  }

  #fail(reason: string): void {
    if (this.#failure) return;
    const failure = new Unavailable(`The writer of ${this.path} ended: ${reason}`);
    this.#failure = failure;
    const jobs = this.#unanswered;
    this.#unanswered = [];
    this.#outgoing = [];
    for (const job of jobs) job.reject(failure);
    for (const callback of this.#onFailure) callback(failure);
    this.#notifyIdle();
  }

  #notifyIdle(): void {
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}
