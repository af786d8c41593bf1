import { setTimeout as pause } from 'node:timers/promises';
import type { Nodes } from './nodes/nodes.js';
import type { Fault } from './plan.js';
import type { Pulse } from './pulse.js';

/** Elections, deadlines and twenty seconds of silence are over by then. */
const AGAIN_WITHIN_MS = 60_000;
/** What is acknowledged sooner after a kill was written before it. */
const OLD_ANSWERS_MS = 50;
/** No cluster elects another leader so soon: where it is not known which node led, a kill that delays appends for less was not its. */
const NO_LEADER_FELL_MS = 250;

/** What one fault did to the load. */
export interface Inflicted {
  readonly begunMs: number;
  /**
   * After the kill of a leader, from the kill to the next acknowledged append; after that of an only node, from the moment it listened
   * again. Null for every other fault.
   */
  readonly appendAgainMs: number | null;
}

/** Does one fault and lets the load come back: every client has appended since, and went on for a while. */
export async function inflict(fault: Fault, nodes: Nodes, pulse: Pulse, clients: readonly string[]): Promise<Inflicted> {
  const leader = await nodes.leader();
  const node = targetOf(fault, leader, nodes.count);
  const begunMs = performance.now();
  const appendAgainMs = await DOING[fault.kind](fault, nodes, node, pulse);
  const overMs = performance.now();
  await Promise.all(clients.map((client) => pulse.nextAfter(overMs, AGAIN_WITHIN_MS, client)));
  await pause(fault.calmMs);
  return { begunMs, appendAgainMs: isLeaders(appendAgainMs, node, leader) ? appendAgainMs : null };
}

type Doing = (fault: Fault, nodes: Nodes, node: number, pulse: Pulse) => Promise<number | null>;

const DOING: Readonly<Record<Fault['kind'], Doing>> = {
  kill: async ({ lastsMs }, nodes, node, pulse) => {
    const killedMs = performance.now();
    await nodes.kill(node);
    if (nodes.count > 1) {
      const againMs = (await pulse.nextAfter(performance.now() + OLD_ANSWERS_MS, AGAIN_WITHIN_MS)) - killedMs;
      await pause(lastsMs);
      await nodes.start(node);
      return againMs;
    }
    await pause(lastsMs);
    await nodes.start(node);
    const listensMs = performance.now();
    return (await pulse.nextAfter(listensMs, AGAIN_WITHIN_MS)) - listensMs;
  },
  stop: async ({ lastsMs }, nodes, node) => {
    await nodes.stop(node);
    await pause(lastsMs);
    await nodes.start(node);
    return null;
  },
  hang: async ({ lastsMs }, nodes, node) => {
    await nodes.hang(node);
    await pause(lastsMs);
    await nodes.resume(node);
    return null;
  },
};

/** The node that a fault means; any one where it is not known which leads. */
export function targetOf({ on, lot }: Pick<Fault, 'on' | 'lot'>, leader: number | null, count: number): number {
  if (leader !== null && (on === 'leader' || count === 1)) return leader;
  const candidates = Array.from({ length: count }, (_none, node) => node).filter((node) => node !== leader);
  return candidates[Math.floor(lot * candidates.length)] ?? 0;
}

const isLeaders = (appendAgainMs: number | null, node: number, leader: number | null): boolean =>
  leader === null ? (appendAgainMs ?? 0) > NO_LEADER_FELL_MS : leader === node;
