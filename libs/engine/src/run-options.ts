/** How a worker runs. */
export interface RunOptions {
  readonly signal: AbortSignal;
  /** Stop at the tail instead of waiting for more. */
  readonly untilCaughtUp?: boolean;
}
