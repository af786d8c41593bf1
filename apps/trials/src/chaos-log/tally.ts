import { Unavailable, VoidPosition } from '@onedoor/engine';

/** How a call ended. */
export type Outcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** `VoidPosition`: an answer too, where a position is asked about. */
  | { readonly kind: 'void' }
  | { readonly kind: 'unavailable' };

/** No state of a trial lets the log be shorter than what was seen of it: this failure is a false claim. */
const FALSE_CLAIM = 'EventStoreDB has lost';

/** What is wrong oftener is wrong everywhere. */
const TOLD_MAX = 100;

/** Counts answers, right and wrong, and how long callers waited for none. */
export class Tally {
  private answerCount = 0;
  private wrongCount = 0;
  /** How long each call took that ended as `Unavailable`. */
  readonly unavailableAfterMs: number[] = [];

  constructor(private readonly say: (line: string) => void) {}

  get answers(): number {
    return this.answerCount;
  }

  get wrong(): number {
    return this.wrongCount;
  }

  /** Counts one answer; `wrong` says what is wrong with it. */
  answered(wrong: string | null): void {
    this.answerCount += 1;
    if (wrong !== null) this.isWrong(wrong);
  }

  isWrong(what: string): void {
    this.wrongCount += 1;
    if (this.wrongCount <= TOLD_MAX) this.say(`wrong: ${what}`);
    if (this.wrongCount === TOLD_MAX) this.say('wrong: what follows is only counted');
  }

  /** Makes a call of the port. Any failure that the port does not name is wrong. */
  async call<Answer>(what: string, call: () => Promise<Answer>): Promise<Outcome<Answer>> {
    const begunMs = performance.now();
    const outcome = await this.wait(what, call);
    if (outcome.kind === 'unavailable') this.unavailableAfterMs.push(performance.now() - begunMs);
    return outcome;
  }

  /** The same of a call that may wait for news as long as there are none: how long it took says nothing. */
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
