import { lookup } from 'node:dns/promises';
import { setMaxListeners } from 'node:events';
import { isIP } from 'node:net';
import { Metadata } from '@grpc/grpc-js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import { type Endpoint, textOf } from './address.js';
import { type ChannelFactory, targetOf } from './channel-factory.js';
import { NoLeader } from './failure.js';

/** Values of `event_store.client.gossip.MemberInfo.VNodeState`: the leader, and managers and read-only replicas, which do not vote. */
const LEADER = 8;
const VOTELESS: ReadonlySet<number> = new Set([9, 12, 13, 14]);
const NODES_MAX = 64;

interface Member {
  readonly endpoint: Endpoint;
  readonly isLeader: boolean;
}

interface Found {
  readonly leader: Endpoint;
  /** Every node of the cluster, to be asked besides the seeds the next time. */
  readonly members: readonly Endpoint[];
}

/**
 * Asks all nodes at once which of them leads, and takes the one that names itself and that the majority names: for seconds, the other
 * nodes still name a leader that was killed, and a leader that was paused still names itself. One round; throws `NoLeader` where
 * there is none, with the last node's failure as its cause.
 */
export async function findLeader(
  channels: ChannelFactory,
  seeds: readonly Endpoint[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Found> {
  const search = new Search(channels, timeoutMs);
  const end = () => search.end();
  signal.addEventListener('abort', end);
  try {
    for (const endpoint of (await Promise.all(seeds.map(nodesOf))).flat()) search.ask(endpoint);
    return await search.found;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** A name may resolve to a whole cluster: each of its addresses is a node. The failure of one that does not resolve comes with the call. */
async function nodesOf(seed: Endpoint): Promise<readonly Endpoint[]> {
  if (isIP(seed.host) !== 0) return [seed];
  const found = await lookup(seed.host, { all: true }).catch(() => []);
  return found.length < 2
    ? [seed]
    : found.map(({ address }) => ({ host: address, port: seed.port, certifiedName: seed.certifiedName ?? seed.host }));
}

class Search {
  readonly found: Promise<Found>;
  readonly #asked = new Set<string>();
  /** The leader that each node named. A node counts under the address that the cluster has for it, not the one it was asked at. */
  readonly #votes = new Map<string, string | null>();
  readonly #ending = new AbortController();
  #open = 0;
  #resolve: (found: Found) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor(
    private readonly channels: ChannelFactory,
    private readonly timeoutMs: number,
  ) {
    this.found = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.found.catch(() => undefined);
    setMaxListeners(0, this.#ending.signal);
  }

  ask(endpoint: Endpoint): void {
    const key = textOf(endpoint);
    if (this.#asked.has(key) || this.#asked.size >= NODES_MAX || this.#ending.signal.aborted) return;
    this.#asked.add(key);
    this.#open += 1;
    void this.#gossipOf(endpoint)
      .then(
        (members) => this.#hear(key, members),
        (error: unknown) => error,
      )
      .then((failure) => {
        this.#open -= 1;
        if (this.#open === 0)
          this.#reject(new NoLeader('No node of the cluster leads it, by its own word and that of most', { cause: failure }));
      });
  }

  end(): void {
    this.#ending.abort();
    this.#reject(new NoLeader('Looking for the leader was called off'));
  }

  #hear(voter: string, members: readonly Member[]): void {
    const leader = members.find(({ isLeader }) => isLeader)?.endpoint ?? null;
    this.#votes.set(voter, leader === null ? null : textOf(leader));
    for (const { endpoint } of members) this.ask(endpoint);
    for (const { endpoint } of members)
      if (this.#leads(textOf(endpoint), members)) this.#resolve({ leader: endpoint, members: members.map((each) => each.endpoint) });
  }

  #leads(candidate: string, members: readonly Member[]): boolean {
    const voters = members.map(({ endpoint }) => textOf(endpoint)).filter((voter) => this.#votes.get(voter) === candidate);
    return voters.includes(candidate) && voters.length > members.length / 2;
  }

  #gossipOf(endpoint: Endpoint): Promise<readonly Member[]> {
    const credentials = this.channels.credentialsOf(endpoint);
    const client = new gossipService.GossipClient(targetOf(endpoint), credentials, this.channels.optionsOf(endpoint));
    return new Promise<readonly Member[]>((resolve, reject) => {
      const call = client.read(new sharedMessages.Empty(), new Metadata(), { deadline: Date.now() + this.timeoutMs }, (error, info) => {
        this.#ending.signal.removeEventListener('abort', cancel);
        client.close();
        credentials.destroySockets();
        if (error) reject(error);
        else resolve(membersOf(info));
      });
      const cancel = () => call.cancel();
      this.#ending.signal.addEventListener('abort', cancel);
    });
  }
}

/** The nodes that vote. One that is not alive is no leader, although it may have been. */
function membersOf(info: ClusterInfo): readonly Member[] {
  return info.getMembersList().flatMap((member) => {
    const at = member.getHttpEndPoint();
    const state = member.getState().valueOf();
    if (!at || VOTELESS.has(state)) return [];
    return [{ endpoint: { host: at.getAddress(), port: at.getPort() }, isLeader: state === LEADER && member.getIsAlive() }];
  });
}
