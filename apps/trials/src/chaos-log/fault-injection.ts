import { setTimeout as pause } from 'node:timers/promises';
import type { Nodes } from './nodes/nodes.js';
import type { Fault } from './plan.js';
import type { AppendNotifier } from './append-notifier.js';

/** Longer than an election, a deadline and the longest hang together. */
const AGAIN_WITHIN_MS = 60_000;
/** An append acknowledged sooner after a kill was written before it. */
const OLD_ANSWERS_MS = 50;
/** No cluster elects another leader faster. Where the leader is unknown, a kill that delays appends for less did not hit the leader. */
const NO_LEADER_FELL_MS = 250;

/** The effect of one fault on the load. */
export interface InjectedFault {
  readonly begunMs: number;
  /**
   * For the kill of a leader, the time from the kill to the next acknowledged append; for the kill of a single node, from the moment it
   * listens again. Null for every other fault.
   */
  readonly appendAgainMs: number | null;
}

/** Injects one fault, and waits until every client has appended since and the calm time is over. */
export async function injectFault(
  fault: Fault,
  nodes: Nodes,
  notifier: AppendNotifier,
  clients: readonly string[],
): Promise<InjectedFault> {
  const leader = await nodes.leader();
  const node = targetOf(fault, leader, nodes.count);
  const begunMs = performance.now();
  const appendAgainMs = await INJECTORS[fault.kind](fault, nodes, node, notifier);
  const overMs = performance.now();
  await Promise.all(clients.map((client) => notifier.nextAfter(overMs, AGAIN_WITHIN_MS, client)));
  await pause(fault.calmMs);
  return { begunMs, appendAgainMs: isLeaders(appendAgainMs, node, leader) ? appendAgainMs : null };
}

type Injector = (fault: Fault, nodes: Nodes, node: number, notifier: AppendNotifier) => Promise<number | null>;

const INJECTORS: Readonly<Record<Fault['kind'], Injector>> = {
  kill: async ({ lastsMs }, nodes, node, notifier) => {
    const killedMs = performance.now();
    await nodes.kill(node);
    if (nodes.count > 1) {
      const againMs = (await notifier.nextAfter(performance.now() + OLD_ANSWERS_MS, AGAIN_WITHIN_MS)) - killedMs;
      await pause(lastsMs);
      await nodes.start(node);
      return againMs;
    }
    await pause(lastsMs);
    await nodes.start(node);
    const listensMs = performance.now();
    return (await notifier.nextAfter(listensMs, AGAIN_WITHIN_MS)) - listensMs;
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

/** The node that a fault affects: any node where the leader is unknown. */
export function targetOf({ on, selector }: Pick<Fault, 'on' | 'selector'>, leader: number | null, count: number): number {
  if (leader !== null && (on === 'leader' || count === 1)) return leader;
  const candidates = Array.from({ length: count }, (_none, node) => node).filter((node) => node !== leader);
  return candidates[Math.floor(selector * candidates.length)] ?? 0;
}

const isLeaders = (appendAgainMs: number | null, node: number, leader: number | null): boolean =>
  leader === null ? (appendAgainMs ?? 0) > NO_LEADER_FELL_MS : leader === node;
