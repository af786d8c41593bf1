import { MINUTE_MS } from '@onedoor/kernel';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = MINUTE_MS;

/**
 * Stops calls to a mail server that can't be reached: after a miss none is made for a pause, which doubles with each miss up to a minute;
 * then one at a time, until the server answers again.
 */
export class CircuitBreaker {
  private pauseMs = 0;
  private shutUntilMs = 0;
  private isProbing = false;

  /** Whether a call may be made now; one that was let in has to `leave`. */
  enter(nowMs: number): boolean {
    if (!this.mayEnter(nowMs)) return false;
    this.isProbing = this.pauseMs > 0;
    return true;
  }

  /** Whether a call would be let in, without letting one in. */
  mayEnter(nowMs: number): boolean {
    return this.pauseMs === 0 || (nowMs >= this.shutUntilMs && !this.isProbing);
  }

  leave(): void {
    this.isProbing = false;
  }

  /** The server answered, with an acceptance or a refusal. */
  close(): void {
    this.pauseMs = 0;
  }

  /** The server didn't answer; returns for how long no call is made. Calls that were under way together count as one miss. */
  open(nowMs: number): number {
    if (this.pauseMs === 0 || nowMs >= this.shutUntilMs) {
      this.pauseMs = Math.min(Math.max(this.pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
      this.shutUntilMs = nowMs + this.pauseMs;
    }
    return this.shutUntilMs - nowMs;
  }
}
