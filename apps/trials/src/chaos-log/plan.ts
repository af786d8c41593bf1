import { seededRandom } from '../seeded-random.js';

/** A fault of one node: killed (SIGKILL) or stopped (SIGTERM) and started again, or hung (SIGSTOP) and resumed. */
export interface Fault {
  readonly kind: 'kill' | 'stop' | 'hang';
  /** The node's role, where it is known which node leads. */
  readonly on: 'leader' | 'follower';
  /** A number from 0 to just below 1 that selects among the candidate nodes. */
  readonly selector: number;
  /** How long the node stays away once it has ended or hangs. */
  readonly lastsMs: number;
  /** How long the load then runs without a fault, once every client appends again. */
  readonly calmMs: number;
}

/** Of five faults two are kills, two are hangs, one is a stop. */
const KINDS = ['kill', 'hang', 'kill', 'stop', 'hang'] as const;
const FOLLOWER_EVERY = 4;
const LONG_HANG_EVERY = 20;
/** Longer than any call may take, so that calls end as `Unavailable`. */
const LONG_HANG_MS = 20_000;

const LASTS_MS = { kill: [0, 800], stop: [0, 500], hang: [1_000, 5_000] } as const;
const CALM_MS = [300, 1_200] as const;

interface PlanOptions {
  readonly faults: number;
  readonly seed: number;
  /** Whether one of twenty faults is a hang of LONG_HANG_MS, for which calls are given up. */
  readonly hasLongHangs: boolean;
}

/** The faults of one stage in random order: the same plan for the same options. */
export function planOf({ faults, seed, hasLongHangs }: PlanOptions): readonly Fault[] {
  const random = seededRandom(seed);
  const between = ([least, most]: readonly [number, number]): number => Math.round(least + random() * (most - least));
  const plan = Array.from({ length: faults }, (_none, index): Fault => {
    const kind = KINDS[index % KINDS.length] ?? 'kill';
    const isLong = hasLongHangs && index % LONG_HANG_EVERY === 1;
    return {
      kind,
      on: index % FOLLOWER_EVERY === FOLLOWER_EVERY - 1 ? 'follower' : 'leader',
      selector: random(),
      lastsMs: isLong && faults >= LONG_HANG_EVERY ? LONG_HANG_MS : between(LASTS_MS[kind]),
      calmMs: between(CALM_MS),
    };
  });
  return plan
    .map((fault) => ({ fault, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ fault }) => fault);
}
