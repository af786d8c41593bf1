/**
 * One step of the way from the start of a clock to its due instant. Each begins where the one before ended, so the steps
 * together account for the due instant: `explain` puts them into words and does not compute it a second time.
 */
export interface Step {
  readonly kind: 'next_business_day' | 'cut_off' | 'count' | 'pause';
  readonly fromMs: number;
  readonly toMs: number;
  /** What the step counted: milliseconds of the target's own time, or days; null where only time passed. */
  readonly counted: number | null;
  /** Why a pause was made; empty for other steps. */
  readonly reason: string;
}

/** The steps and their result: `dueMs` is null while a pause, begun before the clock was due, leaves that open. */
export interface DueCalculation {
  readonly steps: readonly Step[];
  /** Where counting really begins, after a weekend or a cut-off moved it. */
  readonly effectiveStartMs: number;
  readonly dueMs: number | null;
}
