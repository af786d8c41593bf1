import { RequestProblem, type Principal } from '@onedoor/platform';

/** Followers of one process, and of one principal in it: a system that never closes its streams takes no other one's place. */
const MOST = 100;
const MOST_OF_PRINCIPAL = 20;
const RETRY_AFTER_SECONDS = 10;

/** Counts the followers of a process. */
export class FollowerSlots {
  private readonly taken = new Map<string, number>();
  private sum = 0;

  /** Takes a slot, and returns what gives it back. Throws a 429 where the principal has too many, and a 503 where the process has. */
  take({ kind, id }: Pick<Principal, 'kind' | 'id'>): () => void {
    const whose = `${kind} ${id}`;
    const own = this.taken.get(whose) ?? 0;
    if (own >= MOST_OF_PRINCIPAL)
      throw new RequestProblem(429, ['You follow too often already: end another stream first'], {
        code: 'TOO_MANY_STREAMS',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    if (this.sum >= MOST)
      throw new RequestProblem(503, ['Too many follow already; come again'], {
        code: 'TOO_MANY_FOLLOWERS',
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    this.taken.set(whose, own + 1);
    this.sum += 1;
    return () => this.giveBack(whose);
  }

  private giveBack(whose: string): void {
    this.sum -= 1;
    const left = (this.taken.get(whose) ?? 0) - 1;
    if (left > 0) this.taken.set(whose, left);
    else this.taken.delete(whose);
  }
}
