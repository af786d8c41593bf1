import type { DoubleLog, LogChange } from '../log/log.js';

/** A log that applies the changes of the leader's log after a delay. */
export class Replica {
  readonly #pending: { readonly change: LogChange; readonly dueMs: number }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(
    readonly log: DoubleLog,
    private readonly delayMs: number,
  ) {}

  enqueue(change: LogChange): void {
    this.#pending.push({ change, dueMs: performance.now() + this.delayMs });
    this.#timer ??= setTimeout(() => this.#applyDue(), this.delayMs);
  }

  /** Applies all pending changes at once, before the node begins to lead. */
  catchUp(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const { change } of this.#pending.splice(0)) this.log.apply(change);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #applyDue(): void {
    const now = performance.now();
    const left = this.#pending.findIndex(({ dueMs }) => dueMs > now);
    for (const { change } of this.#pending.splice(0, left < 0 ? this.#pending.length : left)) this.log.apply(change);
    const [next] = this.#pending;
    this.#timer = next ? setTimeout(() => this.#applyDue(), next.dueMs - now) : null;
  }
}
