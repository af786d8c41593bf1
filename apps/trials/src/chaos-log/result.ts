/** What one stage showed. */
export interface StageResult {
  readonly title: string;
  readonly faults: number;
  /** Events. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly answers: number;
  readonly wrong: number;
  readonly followerMissed: number;
  readonly followerRepeated: number;
  readonly outages: number;
  readonly alarms: number;
  /** Alarms beyond two for an outage and client. */
  readonly tooLoud: number;
  readonly appendAgainFrom: string;
  readonly appendAgainMs: readonly number[];
  readonly unavailableAfterMs: readonly number[];
}

export interface Spread {
  /** Null where nothing was measured. */
  readonly median: number | null;
  readonly max: number | null;
}

/** No call may be without an answer for longer. */
const UNAVAILABLE_WITHIN_MS = 15_000;

/** Whether nothing is lost, doubled, wrong, missed, repeated, too slow or too loud. */
export function isSound({ lost, doubled, wrong, followerMissed, followerRepeated, tooLoud, unavailableAfterMs }: StageResult): boolean {
  const slowestMs = Math.max(0, ...unavailableAfterMs);
  return lost + doubled + wrong + followerMissed + followerRepeated + tooLoud === 0 && slowestMs <= UNAVAILABLE_WITHIN_MS;
}

/**
 * The whole run as one object. How soon appends pass again is told of the last stage only, the cluster where there is one: after
 * the kill of an only node it is another question, which `byStage` answers.
 */
export function summaryOf(stages: readonly StageResult[], seed: number) {
  const sum = (of: (stage: StageResult) => number): number => stages.reduce((total, stage) => total + of(stage), 0);
  return {
    faults: sum(({ faults }) => faults),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    answers: sum(({ answers }) => answers),
    wrong: sum(({ wrong }) => wrong),
    followerMissed: sum(({ followerMissed }) => followerMissed),
    followerRepeated: sum(({ followerRepeated }) => followerRepeated),
    outages: sum(({ outages }) => outages),
    alarms: sum(({ alarms }) => alarms),
    appendAgainMs: spreadOf(stages.at(-1)?.appendAgainMs ?? []),
    unavailableAfterMs: spreadOf(stages.flatMap(({ unavailableAfterMs }) => unavailableAfterMs)),
    seed,
    byStage: stages.map((stage) => ({
      ...stage,
      appendAgainMs: spreadOf(stage.appendAgainMs),
      unavailableAfterMs: spreadOf(stage.unavailableAfterMs),
    })),
  };
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((one, other) => one - other).map(Math.round);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? null, max: sorted.at(-1) ?? null };
}
