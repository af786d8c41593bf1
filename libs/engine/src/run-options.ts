/** How a worker runs. */
export interface RunOptions {
  readonly signal: AbortSignal;
  /** Stop at the tail instead of waiting for more. */
  readonly untilCaughtUp?: boolean;
  /**
   * Awaited after each page: a breath in which more comes in, so that under load a page holds much and costs little. The
   * first page after a silence is never held up. A full page says that there is more already.
   */
  readonly pace?: (isFull: boolean) => Promise<void>;
}
