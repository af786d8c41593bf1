import type { DoubleControls } from '../double.js';
import { startEventStoreDbCluster, startEventStoreDbDouble } from '../start.js';
import type { ProgramSettings } from './settings.js';

/** The commands about a node. For a single double the node may be omitted. */
const FAULTS = ['kill', 'hang', 'resume', 'stop', 'start'] as const;
type FaultName = (typeof FAULTS)[number];

/** The double, or the cluster, as the command line program controls it. */
export interface Program {
  readonly connectionString: string;
  /**
   * Executes a line and answers when it is done: `kill 1` by `done kill 1`, `leader` by `leader 1` or `leader none`, and a command that
   * fails by `failed`, the line and the reason.
   */
  execute(line: string): Promise<string>;
  /** Stops gracefully: open calls are served for a while. */
  end(): Promise<void>;
}

interface Nodes {
  readonly double: DoubleControls;
  readonly count: number;
  leader(): number | null;
  cause(fault: FaultName, node: number): Promise<void> | void;
}

export async function startProgram({ cluster, single }: ProgramSettings): Promise<Program> {
  const nodes = cluster ? await clusterOf(cluster) : await singleOf(single);
  return {
    connectionString: nodes.double.connectionString,
    execute: (line) => execute(nodes, line),
    end: async () => {
      await Promise.all(Array.from({ length: nodes.count }, (_none, node) => nodes.cause('stop', node)));
      await nodes.double.close();
    },
  };
}

async function clusterOf(options: NonNullable<ProgramSettings['cluster']>): Promise<Nodes> {
  const cluster = await startEventStoreDbCluster(options);
  return { double: cluster, count: cluster.ports.length, leader: () => cluster.leader, cause: (fault, node) => cluster[fault](node) };
}

async function singleOf(options: ProgramSettings['single']): Promise<Nodes> {
  const double = await startEventStoreDbDouble(options);
  return { double, count: 1, leader: () => 0, cause: (fault) => double[fault]() };
}

async function execute(nodes: Nodes, line: string): Promise<string> {
  const [command, node = '0'] = line.trim().split(/\s+/);
  if (command === 'leader') return `leader ${nodes.leader() ?? 'none'}`;
  try {
    const fault = FAULTS.find((each) => each === command);
    if (!fault) throw new Error(`a line must be leader, or one of ${FAULTS.join(', ')} and a node`);
    if (!/^\d+$/.test(node) || Number(node) >= nodes.count) throw new Error(`the nodes are numbered from 0 to ${nodes.count - 1}`);
    await nodes.cause(fault, Number(node));
    return `done ${line.trim()}`;
  } catch (error) {
    return `failed ${line.trim()}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
