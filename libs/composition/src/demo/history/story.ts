import type { Report } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import type { CaseCommandName } from '@onedoor/routing';

/** What happens to one request of the demo: who said what when. */
export interface Story {
  /** No other story's: the ids of all its commands follow from it. */
  readonly key: string;
  readonly at: Instant;
  readonly report: Report;
  /** In the order of their instants. */
  readonly steps: readonly Step[];
}

export interface Step {
  readonly at: Instant;
  /** The account that does it. */
  readonly by: string;
  readonly act: CaseAct;
}

/** A command of a case, by its name, with what its definition takes. */
export interface CaseAct {
  readonly name: CaseCommandName;
  readonly body?: object;
}
