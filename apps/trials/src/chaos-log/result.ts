/** The figures of one stage. */
export interface StageResult {
  readonly title: string;
  readonly faults: number;
  /** Acknowledged events. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly answers: number;
  readonly wrong: number;
  readonly followerMissed: number;
  readonly followerRepeated: number;
  readonly outages: number;
  readonly alarms: number;
  /** Alarms beyond two per outage and client. */
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

/** The longest that a call may take to fail as unavailable. */
const UNAVAILABLE_WITHIN_MS = 15_000;

/** Whether nothing is lost, doubled, wrong, missed or repeated, with no call too slow and no client with too many alarms. */
export function isSound({ lost, doubled, wrong, followerMissed, followerRepeated, tooLoud, unavailableAfterMs }: StageResult): boolean {
  const slowestMs = Math.max(0, ...unavailableAfterMs);
  return lost + doubled + wrong + followerMissed + followerRepeated + tooLoud === 0 && slowestMs <= UNAVAILABLE_WITHIN_MS;
}

/**
 * The whole run as one object. `appendAgainMs` is that of the last stage, the cluster where there is one: for a single node the time is
 * measured differently, and is in `byStage` only.
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
