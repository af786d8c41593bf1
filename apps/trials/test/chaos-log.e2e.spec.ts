import { startEventStoreDbCluster } from '@onedoor/testkit';
import type { Nodes } from '../src/chaos-log/nodes/nodes.js';
import type { Fault } from '../src/chaos-log/plan.js';
import { isSound } from '../src/chaos-log/result.js';
import { runStage } from '../src/chaos-log/stage.js';

/** Three nodes in this process, with quicker failure detection and elections than real servers. */
async function startNodes(): Promise<Nodes> {
  const cluster = await startEventStoreDbCluster({ electionMs: 200, failureNoticedMs: 100, stopServesMs: 300 });
  return {
    title: 'a quick cluster',
    url: cluster.connectionString,
    count: cluster.ports.length,
    leader: async () => cluster.leader,
    kill: (node) => cluster.kill(node),
    stop: (node) => cluster.stop(node),
    start: (node) => cluster.start(node),
    hang: async (node) => cluster.hang(node),
    resume: async (node) => cluster.resume(node),
    close: () => cluster.close(),
    closeNow: () => undefined,
  };
}

const fault = (kind: Fault['kind'], on: Fault['on'], lastsMs: number): Fault => ({ kind, on, selector: 0.5, lastsMs, calmMs: 200 });

describe('the log under load while its nodes fail', () => {
  it('loses, doubles and repeats nothing, gives no wrong answer, and raises at most two alarms per fault and client', async () => {
    const nodes = await startNodes();
    const kills = [fault('kill', 'leader', 100), fault('kill', 'follower', 100)];
    const plan = [...kills, fault('hang', 'leader', 1_000), fault('stop', 'leader', 100)];
    const said: string[] = [];
    const result = await runStage({ nodes, plan, leastMs: 0, say: (line) => void said.push(line) });
    await nodes.close();
    expect(said.filter((line) => line.startsWith('wrong'))).toEqual([]);
    expect(result).toMatchObject({ faults: 4, lost: 0, doubled: 0, wrong: 0, followerMissed: 0, followerRepeated: 0, tooLoud: 0 });
    expect(isSound(result)).toBe(true);
    expect(result.appendAgainMs).toHaveLength(1);
    expect(result.acknowledged).toBeGreaterThan(50);
    expect(result.answers).toBeGreaterThan(100);
  });
});
