import { parseArgs } from 'node:util';
import type { EventStoreDbClusterOptions, EventStoreDbDoubleOptions } from '../double.js';

export interface ProgramSettings {
  /** Null for one node. */
  readonly cluster: EventStoreDbClusterOptions | null;
  readonly single: EventStoreDbDoubleOptions;
  /** Whether it executes commands from standard input. */
  readonly isControlled: boolean;
}

export const USAGE = `node main.js [PORT] [--cluster PORT,PORT,PORT] [--file FILE] [--tls-folder FOLDER] [--names NAME,NAME] [--accounts]
  [--control] [--stop-serves-ms N] [--election-ms N] [--failure-noticed-ms N] [--follower-delay-ms N] [--live-buffer N]`;

/** Parses the program's arguments. Throws, naming the argument, where one is unknown or no number. */
export function settingsOf(args: readonly string[]): ProgramSettings {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      cluster: { type: 'string' },
      file: { type: 'string' },
      'tls-folder': { type: 'string' },
      names: { type: 'string' },
      accounts: { type: 'boolean', default: false },
      control: { type: 'boolean', default: false },
      'stop-serves-ms': { type: 'string' },
      'election-ms': { type: 'string' },
      'failure-noticed-ms': { type: 'string' },
      'follower-delay-ms': { type: 'string' },
      'live-buffer': { type: 'string' },
    },
  });
  const number = <Name extends string>(name: Name, argument: string, text: string | undefined): { readonly [Key in Name]?: number } =>
    text === undefined ? {} : ({ [name]: countOf(argument, text) } as { readonly [Key in Name]: number });
  const folder = values['tls-folder'];
  const common = {
    ...(values.file !== undefined && { file: values.file }),
    ...(folder !== undefined && {
      tls: { folder, certificate: { ...(values.names !== undefined && { names: values.names.split(',') }) } },
    }),
    accounts: values.accounts,
    ...number('stopServesMs', '--stop-serves-ms', values['stop-serves-ms']),
    ...number('liveBuffer', '--live-buffer', values['live-buffer']),
  };
  const delays = {
    ...number('electionMs', '--election-ms', values['election-ms']),
    ...number('failureNoticedMs', '--failure-noticed-ms', values['failure-noticed-ms']),
    ...number('followerDelayMs', '--follower-delay-ms', values['follower-delay-ms']),
  };
  const ports = values.cluster?.split(',').map((port) => countOf('--cluster', port));
  return {
    single: { ...common, ...number('port', 'PORT', positionals[0]) },
    cluster: ports ? { ...common, ...delays, ports, nodes: ports.length } : null,
    isControlled: values.control,
  };
}

function countOf(argument: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${argument} must be a whole number, and is not: ${text}`);
  return Number(text);
}
