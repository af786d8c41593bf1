import type { DoubleLog, LogChange } from '../log/log.js';

/** Brings what is done to other logs to this one, some time later. */
export class Replica {
  readonly #waiting: { readonly change: LogChange; readonly dueMs: number }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(
    readonly log: DoubleLog,
    private readonly delayMs: number,
  ) {}

  take(change: LogChange): void {
    this.#waiting.push({ change, dueMs: performance.now() + this.delayMs });
    this.#timer ??= setTimeout(() => this.#applyDue(), this.delayMs);
  }

  /** Applies all that waits: a node that begins to lead has everything. */
  catchUp(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const { change } of this.#waiting.splice(0)) this.log.apply(change);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #applyDue(): void {
    const now = performance.now();
    const left = this.#waiting.findIndex(({ dueMs }) => dueMs > now);
    for (const { change } of this.#waiting.splice(0, left < 0 ? this.#waiting.length : left)) this.log.apply(change);
    const [next] = this.#waiting;
    this.#timer = next ? setTimeout(() => this.#applyDue(), next.dueMs - now) : null;
  }
}
