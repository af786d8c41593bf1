import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Unavailable } from '@onedoor/engine';
import type { FromWriter, Job, Jobs, ToWriter, WriterStart } from './protocol.js';

/** Jobs and characters of one batch: one transaction stays short, and one message small. */
const BATCH_JOBS_MAX = 512;
const BATCH_CHARACTERS_MAX = 8 * 1024 * 1024;
/** Beyond these the caller is told to come back later. */
const WAITING_JOBS_MAX = 10_000;
const WAITING_CHARACTERS_MAX = 256 * 1024 * 1024;

interface WaitingJob extends Job {
  readonly characters: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The main thread's side of one data file's writer: collects the jobs that come in while a batch is in flight and sends them
 * together, so that one sync to disk serves them all. A failure is final: every waiting and later job is `Unavailable`.
 */
export class Writer<Kinds extends Jobs> {
  #waiting: WaitingJob[] = [];
  #waitingCharacters = 0;
  #inFlight: readonly WaitingJob[] = [];
  #isPumpDue = false;
  #failure: Error | null = null;
  #isClosing = false;
  #batches = 0;
  readonly #onIdle: (() => void)[] = [];
  readonly #onFailure: ((error: Error) => void)[] = [];
  readonly #exited: Promise<void>;

  private constructor(
    readonly path: string,
    private readonly worker: Worker,
  ) {
    worker.on('message', (message: FromWriter) => this.#receive(message));
    worker.on('error', (error) => this.#fail(error.message));
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        if (!this.#isClosing || this.#inFlight.length > 0) this.#fail('its thread ended');
        resolve();
      });
    });
    worker.unref();
  }

  /** Starts the thread and resolves once it has the file open, with what its handler tells about it. */
  static open<Kinds extends Jobs, Opened>(start: WriterStart): Promise<{ writer: Writer<Kinds>; opened: Opened }> {
    const loop = import.meta.url.endsWith('.ts') ? './loop.ts' : './loop.js';
    const worker = new Worker(fileURLToPath(new URL(loop, import.meta.url)), { workerData: start, execArgv: [] });
    return new Promise((resolve, reject) => {
      const refuse = (reason: string) => reject(new Unavailable(`Cannot open ${start.path}: ${reason}`));
      worker.once('error', (error) => refuse(error.message));
      worker.once('exit', () => refuse('its thread ended'));
      worker.once('message', (message: FromWriter) => {
        if (message.kind === 'opened') resolve({ writer: new Writer<Kinds>(start.path, worker), opened: message.opened as Opened });
        else refuse(message.kind === 'failed' ? message.reason : 'it spoke out of turn');
      });
    });
  }

  /**
   * Queues one job. `settle` turns the answer into the result at once, in the order in which the jobs were committed:
   * what must follow that order (a tail, a ring) is done there. `characters` is about how much the job writes.
   */
  ask<Kind extends keyof Kinds & string, Result>(
    kind: Kind,
    ask: Kinds[Kind]['ask'],
    characters: number,
    settle: (answer: Kinds[Kind]['answer']) => Result,
  ): Promise<Result> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#isClosing) return Promise.reject(new Unavailable(`${this.path} is closed`));
    if (this.#waiting.length >= WAITING_JOBS_MAX || this.#waitingCharacters > WAITING_CHARACTERS_MAX) {
      return Promise.reject(new Unavailable(`${this.path}: ${this.#waiting.length} writes are waiting already`));
    }
    return new Promise((resolve, reject) => {
      const settled = (answer: unknown): void => {
        try {
          resolve(settle(answer as Kinds[Kind]['answer']));
        } catch (error) {
          reject(error as Error);
        }
      };
      this.#waiting.push({ kind, ask, characters, resolve: settled, reject });
      this.#waitingCharacters += characters;
      this.#pumpSoon();
    });
  }

  /** Transactions sent so far: each costs one sync to disk, however many jobs share it. */
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
    this.worker.ref();
    if (this.#inFlight.length + this.#waiting.length > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  /** Finishes, then ends the thread. */
  async close(): Promise<void> {
    await this.finish();
    if (!this.#failure) this.#send({ kind: 'close' });
    await this.#exited;
  }

  /** Waits for the end of the event loop's turn, so that everybody who writes in this turn shares the batch. */
  #pumpSoon(): void {
    if (this.#isPumpDue || this.#inFlight.length > 0) return;
    this.#isPumpDue = true;
    setImmediate(() => {
      this.#isPumpDue = false;
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#failure || this.#inFlight.length > 0 || this.#waiting.length === 0) return;
    let count = 0;
    let characters = 0;
    for (const job of this.#waiting) {
      if (count === BATCH_JOBS_MAX || (count > 0 && characters + job.characters > BATCH_CHARACTERS_MAX)) break;
      count++;
      characters += job.characters;
    }
    this.#inFlight = this.#waiting.splice(0, count);
    this.#waitingCharacters -= characters;
    // An idle writer never keeps the process alive; one with work in hand does.
    this.worker.ref();
    this.#batches += 1;
    this.#send({ kind: 'batch', jobs: this.#inFlight.map(({ kind, ask }) => ({ kind, ask })) });
  }

  #send(message: ToWriter): void {
    this.worker.postMessage(message);
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'failed') return this.#fail(message.reason);
    if (message.kind !== 'answers') return this.#fail('it spoke out of turn');
    const answered = this.#inFlight;
    this.#inFlight = [];
    answered.forEach((job, index) => job.resolve(message.answers[index]));
    if (this.#waiting.length > 0) this.#pumpSoon();
    else if (this.#isClosing) this.#tellIdle();
    else this.worker.unref();
  }

  #fail(reason: string): void {
    if (this.#failure) return;
    const failure = new Unavailable(`The writer of ${this.path} ended: ${reason}`);
    this.#failure = failure;
    const jobs = [...this.#inFlight, ...this.#waiting];
    this.#inFlight = [];
    this.#waiting = [];
    for (const job of jobs) job.reject(failure);
    for (const callback of this.#onFailure) callback(failure);
    this.#tellIdle();
  }

  #tellIdle(): void {
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}
