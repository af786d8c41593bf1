import type { DoubleControls } from '../double.js';
import { startEventStoreDbCluster, startEventStoreDbDouble } from '../start.js';
import type { ProgramSettings } from './settings.js';

/** The faults that a line may name. Of one double the number is left out. */
const FAULTS = ['kill', 'hang', 'resume', 'stop', 'start'] as const;
type FaultName = (typeof FAULTS)[number];

/** The double, or the cluster, as a process of its own sees it. */
export interface Program {
  readonly connectionString: string;
  /**
   * Does what a line says and answers it when that is done: `kill 1` by `done kill 1`, `leader` by `leader 1` or `leader none`, what cannot
   * be done by `failed`, the line and why.
   */
  obey(line: string): Promise<string>;
  /** Ends as a server does that is asked to: open calls are served on for a while. */
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
    obey: (line) => obey(nodes, line),
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

async function obey(nodes: Nodes, line: string): Promise<string> {
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
