import type { Findings } from '../chaos/audit-log.js';

/** What all trials of a run share. */
export interface Run {
  /** Shorter, so that all trials together take less than ten minutes. */
  readonly isQuick: boolean;
  /** Numbers from 0 to just below 1, the same ones for the same seed of the run. */
  readonly random: () => number;
  /** An empty folder of the trial's own. */
  readonly folder: string;
  /** Whether there is time for another fault. */
  readonly hasTime: () => boolean;
  readonly say: (line: string) => void;
}

/** One kind of fault, or several that are alike. */
export interface Trial {
  readonly name: string;
  /** What it does, in a line, for the report. */
  readonly what: string;
  run(run: Run, tally: Tally): Promise<void>;
}

/** What a trial found. */
export interface TrialResult {
  readonly faults: number;
  readonly acknowledged: number;
  /** Acknowledged requests that are gone without a word. */
  readonly lost: number;
  /** Keys that led to more than one request. */
  readonly doubled: number;
  /** Damage that neither the start nor `onedoor doctor` names. */
  readonly unnamed: number;
  /** Answers, starts and ends that are not what they have to be. */
  readonly wrong: number;
  readonly skipped: readonly string[];
  /** Each of the above in words. */
  readonly problems: readonly string[];
}

const PROBLEMS_MOST = 50;
const TOLD_MOST = 10;

/** Counts the faults of one trial and what became of them. */
export class Tally {
  #faults = 0;
  #acknowledged = 0;
  readonly #counts = { lost: 0, doubled: 0, unnamed: 0, wrong: 0 };
  readonly #skipped: string[] = [];
  readonly #problems: string[] = [];

  constructor(private readonly say: (line: string) => void) {}

  get result(): TrialResult {
    return {
      faults: this.#faults,
      acknowledged: this.#acknowledged,
      ...this.#counts,
      skipped: this.#skipped,
      problems: this.#problems,
    };
  }

  fault(count = 1): void {
    this.#faults += count;
  }

  acknowledged(count: number): void {
    this.#acknowledged += count;
  }

  /** A fault that could not be inflicted here, and why. */
  skip(what: string, reason: string): void {
    this.#skipped.push(`${what}: ${reason}`);
    this.say(`skipped: ${what}: ${reason}`);
  }

  found(kind: 'lost' | 'doubled' | 'unnamed' | 'wrong', what: string, count = 1): void {
    if (count === 0) return;
    this.#counts[kind] += count;
    const line = `${kind} ${count}: ${what}`;
    if (this.#problems.length < PROBLEMS_MOST) this.#problems.push(line);
    this.say(line);
  }

  /** What a log says beside the acknowledgements. */
  log({ lost, missing, doubled, withoutOneCase, withoutOnePromise }: Findings, after: string): void {
    this.found('lost', `${missing.slice(0, TOLD_MOST).join(', ')}: acknowledged and not in the log, after ${after}`, lost);
    this.found('doubled', `keys with more than one request, after ${after}`, doubled);
    this.found('wrong', `requests without exactly one case, after ${after}`, withoutOneCase);
    this.found('wrong', `requests without exactly one promise, after ${after}`, withoutOnePromise);
  }
}

/** What all trials of a run found, and whether that is as it has to be: nothing was found, and something was tried. */
export function totalsOf(results: readonly TrialResult[]): Totals {
  const total = (of: (result: TrialResult) => number): number => results.reduce((sum, result) => sum + of(result), 0);
  const found = {
    lost: total(({ lost }) => lost),
    doubled: total(({ doubled }) => doubled),
    unnamed: total(({ unnamed }) => unnamed),
    wrong: total(({ wrong }) => wrong),
  };
  const faults = total((result) => result.faults);
  return {
    faults,
    acknowledged: total(({ acknowledged }) => acknowledged),
    skipped: total(({ skipped }) => skipped.length),
    ...found,
    isSound: faults > 0 && Object.values(found).every((count) => count === 0),
  };
}

interface Totals extends Omit<TrialResult, 'skipped' | 'problems'> {
  readonly skipped: number;
  readonly isSound: boolean;
}
