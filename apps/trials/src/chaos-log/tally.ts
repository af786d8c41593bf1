import { Unavailable, VoidPosition } from '@onedoor/engine';

/** How a call ended. */
export type Outcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** `VoidPosition`, which is a valid answer about a position. */
  | { readonly kind: 'void' }
  | { readonly kind: 'unavailable' };

/** The log never shrinks in a trial, so this failure is wrong. */
const FALSE_CLAIM = 'EventStoreDB has lost';

/** Further wrong answers are counted, and not printed. */
const PRINTED_MAX = 100;

/** Counts right and wrong answers, and how long calls took that failed as unavailable. */
export class Tally {
  private answerCount = 0;
  private wrongCount = 0;
  /** The duration of each call that ended as `Unavailable`. */
  readonly unavailableAfterMs: number[] = [];

  constructor(private readonly say: (line: string) => void) {}

  get answers(): number {
    return this.answerCount;
  }

  get wrong(): number {
    return this.wrongCount;
  }

  /** Counts one answer; `wrong` describes its error, null where it is right. */
  answered(wrong: string | null): void {
    this.answerCount += 1;
    if (wrong !== null) this.isWrong(wrong);
  }

  isWrong(what: string): void {
    this.wrongCount += 1;
    if (this.wrongCount <= PRINTED_MAX) this.say(`wrong: ${what}`);
    if (this.wrongCount === PRINTED_MAX) this.say('wrong: what follows is only counted');
  }

  /** Makes a call of the port. A failure that the port does not declare counts as wrong. */
  async call<Answer>(what: string, call: () => Promise<Answer>): Promise<Outcome<Answer>> {
    const begunMs = performance.now();
    const outcome = await this.wait(what, call);
    if (outcome.kind === 'unavailable') this.unavailableAfterMs.push(performance.now() - begunMs);
    return outcome;
  }

  /** The same for a call that may wait for new events without bound, so its duration is not recorded. */
  async wait<Answer>(what: string, call: () => Promise<Answer>): Promise<Outcome<Answer>> {
    try {
      return { kind: 'answer', answer: await call() };
    } catch (error) {
      if (error instanceof VoidPosition) return { kind: 'void' };
      if (!(error instanceof Unavailable)) this.isWrong(`${what} ended as ${String(error)}`);
      else if (error.message.startsWith(FALSE_CLAIM)) this.isWrong(`${what}: ${error.message}`);
      return { kind: 'unavailable' };
    }
  }
}
