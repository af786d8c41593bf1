import type { Ports } from '@onedoor/platform';

/** Ports that stand on something open. */
export interface OpenedPorts {
  readonly ports: Ports;
  /** Names the log: after a restore it is another one. */
  readonly incarnation: string;
  close(): Promise<void>;
}
