import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import type { EventStoreDbCluster } from '../double.js';
import { startEventStoreDbCluster } from '../start.js';
import { until } from '../../../until.js';
import { IGNORED_CREDENTIALS } from '../table/server-under-test.js';

const [ELECTION_MS, NOTICED_MS, DELAY_MS] = [300, 150, 100];

describe('a cluster of doubles', () => {
  let cluster: EventStoreDbCluster;
  const clients: EventStoreDBClient[] = [];
  const open = (connectionString: string): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(connectionString);
    clients.push(client);
    return client;
  };
  const at = (node: number): EventStoreDBClient => open(`esdb://127.0.0.1:${cluster.ports[node]}?tls=false`);
  const append = (client: EventStoreDBClient, stream: string, requiresLeader: boolean, deadline = 10_000) =>
    client.appendToStream(stream, jsonEvent({ type: 'Noted', data: {} }), { requiresLeader, credentials: IGNORED_CREDENTIALS, deadline });
  const countOf = async (client: EventStoreDBClient, stream: string, requiresLeader = false): Promise<number> => {
    let count = 0;
    for await (const _event of client.readStream(stream, { requiresLeader })) count += 1;
    return count;
  };
  const eventually = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      const result = await attempt().then(
        (value) => ({ value }),
        () => null,
      );
      if (result) return result.value;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  beforeEach(async () => {
    cluster = await startEventStoreDbCluster({
      electionMs: ELECTION_MS,
      failureNoticedMs: NOTICED_MS,
      followerDelayMs: DELAY_MS,
      stopServesMs: 300,
    });
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    await cluster.close();
  });

  it('is found by gossip, and the leader is preferred', async () => {
    const client = open(cluster.connectionString);
    await append(client, 'note-1', true);
    expect(await countOf(client, 'note-1', true)).toBe(1);
  });

  it('names the leader where a follower gets a call for the leader, and the client reconnects to it', async () => {
    const follower = at(1);
    await expect(append(follower, 'note-1', true)).rejects.toMatchObject({
      type: 'not-leader',
      leader: { address: '127.0.0.1', port: cluster.ports[0] },
    });
    await append(follower, 'note-1', true);
    await expect(countOf(at(2), 'note-1', true)).rejects.toMatchObject({ type: 'not-leader' });
  });

  it('forwards an append without the header, and shows it after the replication delay', async () => {
    const follower = at(1);
    expect(await append(follower, 'note-1', false)).toMatchObject({ success: true, nextExpectedRevision: 0n });
    await expect(countOf(follower, 'note-1')).rejects.toMatchObject({ type: 'stream-not-found' });
    expect(await countOf(at(0), 'note-1')).toBe(1);
    expect(await eventually(() => countOf(follower, 'note-1'))).toBe(1);
  });

  it("delivers the leader's events to a follower's subscribers", async () => {
    const subscription = at(2).subscribeToAll({ fromPosition: START });
    const received: string[] = [];
    subscription.on('error', () => undefined);
    subscription.on('data', ({ event }) => received.push(event?.streamId ?? ''));
    await append(at(0), 'note-1', true);
    await until(() => received.includes('note-1'));
  });

  it.each(['kill', 'hang', 'stop'] as const)('elects another leader some time after a %s, with every acknowledged event', async (fault) => {
    const client = at(0);
    await append(client, 'note-1', true);
    const failedMs = performance.now();
    void cluster[fault](0);
    expect(cluster.leader).toBe(0);
    await until(() => cluster.leader === null);
    await expect(append(at(1), 'note-1', true)).rejects.toMatchObject({
      type: 'unknown',
      message: expect.stringContaining('No leader info available'),
    });
    await expect(append(at(1), 'note-1', false)).rejects.toMatchObject({
      type: 'unavailable',
      message: expect.stringContaining('Server Is Not Ready'),
    });
    expect(await eventually(() => countOf(at(1), 'note-1'))).toBe(1);
    await until(() => cluster.leader !== null);
    expect(performance.now() - failedMs).toBeGreaterThanOrEqual(ELECTION_MS + NOTICED_MS - 20);
    expect(cluster.leader).toBe(1);
    expect(await append(at(1), 'note-1', true)).toMatchObject({ nextExpectedRevision: 1n });
  });

  it('is rediscovered through the remaining nodes', async () => {
    const client = open(cluster.connectionString);
    await append(client, 'note-1', true);
    await cluster.kill(0);
    await expect(append(client, 'note-1', true)).rejects.toMatchObject({ type: 'unavailable' });
    await eventually(() => append(client, 'note-1', true, 500));
    expect(await countOf(at(1), 'note-1', true)).toBe(2);
  });

  it('makes a follower of a leader that was away, and then answers the calls that waited', async () => {
    const client = at(0);
    await append(client, 'note-1', true);
    cluster.hang(0);
    const waiting = append(client, 'note-1', true);
    const forwarded = append(at(0), 'note-2', false);
    const outcome = waiting.catch((error: unknown) => error);
    await until(() => cluster.leader === 1);
    cluster.resume(0);
    expect(await outcome).toMatchObject({ type: 'not-leader', leader: { port: cluster.ports[1] } });
    expect(await forwarded).toMatchObject({ success: true });
    await cluster.kill(1);
    await until(() => cluster.leader === 2);
    await cluster.start(1);
    await expect(append(at(1), 'note-1', true)).rejects.toMatchObject({ type: 'not-leader' });
  });

  it('delivers nothing through a node that hangs, and the missed events once it resumes', async () => {
    const received: string[] = [];
    const subscription = at(2).subscribeToAll({ fromPosition: START });
    subscription.on('error', () => undefined);
    subscription.on('data', ({ event }) => received.push(event?.streamId ?? ''));
    await append(at(0), 'note-1', true);
    await until(() => received.includes('note-1'));
    cluster.hang(2);
    await append(at(0), 'note-2', true);
    await eventually(() => countOf(at(1), 'note-2'));
    expect(received).not.toContain('note-2');
    cluster.resume(2);
    await until(() => received.includes('note-2'));
  });

  it('has every acknowledged event, even with a long replication delay', async () => {
    await cluster.close();
    cluster = await startEventStoreDbCluster({ electionMs: 50, failureNoticedMs: 50, followerDelayMs: 60_000 });
    await append(at(0), 'note-1', true);
    await cluster.kill(0);
    await until(() => cluster.leader === 1);
    expect(await countOf(at(1), 'note-1', true)).toBe(1);
  });

  it('times out a forwarded append that a killed leader does not answer', async () => {
    await cluster.close();
    cluster = await startEventStoreDbCluster({ failureNoticedMs: 60_000 });
    await cluster.kill(0);
    const follower = at(1);
    await expect(append(follower, 'note-1', false)).rejects.toMatchObject({ type: 'timeout', code: 10 });
    await expect(append(follower, 'note-1', true)).rejects.toMatchObject({ type: 'not-leader', leader: { port: cluster.ports[0] } });
  });

  it('advertises names where it is configured to', async () => {
    await cluster.close();
    cluster = await startEventStoreDbCluster({ advertise: 'name' });
    await expect(append(at(1), 'note-1', true)).rejects.toMatchObject({ leader: { address: 'localhost' } });
    expect(await append(open(cluster.connectionString), 'note-1', true)).toMatchObject({ success: true });
  });

  it('makes a follower of a restarted leader, even where its failure was not noticed', async () => {
    await cluster.kill(0);
    await cluster.start(0);
    expect(cluster.leader).toBeNull();
    await until(() => cluster.leader === 1);
    await expect(append(at(0), 'note-1', true)).rejects.toMatchObject({ type: 'not-leader' });
  });

  it('has no leader without a majority', async () => {
    await cluster.kill(1);
    await cluster.kill(2);
    await until(() => cluster.leader === null);
    await expect(append(at(0), 'note-1', false)).rejects.toMatchObject({ type: 'unavailable' });
    await cluster.start(2);
    await until(() => cluster.leader !== null);
    await eventually(() => append(at(0), 'note-1', false, 500));
  });
});
