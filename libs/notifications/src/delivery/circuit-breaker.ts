const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Spares a mail server that can't be reached, and everybody's time: after a miss nobody asks it for a growing while, then one
 * at a time does, until it answers again.
 */
export class CircuitBreaker {
  private pauseMs = 0;
  private shutUntilMs = 0;
  private isProbing = false;

  /** Whether somebody may ask now; whoever was let in leaves again. */
  enter(nowMs: number): boolean {
    if (!this.mayEnter(nowMs)) return false;
    this.isProbing = this.pauseMs > 0;
    return true;
  }

  /** Whether it is worth a look who waits. */
  mayEnter(nowMs: number): boolean {
    return this.pauseMs === 0 || (nowMs >= this.shutUntilMs && !this.isProbing);
  }

  leave(): void {
    this.isProbing = false;
  }

  /** It answered, whatever it said. */
  close(): void {
    this.pauseMs = 0;
  }

  /** It didn't answer; returns for how long nobody asks. Those who were under way when it went silent count as one. */
  open(nowMs: number): number {
    if (this.pauseMs === 0 || nowMs >= this.shutUntilMs) {
      this.pauseMs = Math.min(Math.max(this.pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
      this.shutUntilMs = nowMs + this.pauseMs;
    }
    return this.shutUntilMs - nowMs;
  }
}
