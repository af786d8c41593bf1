import type { Ports } from '@onedoor/platform';

/** Ports that stand on something open. */
export interface OpenedPorts {
  readonly ports: Ports;
  /** Names the log: after a restore it is another one. */
  readonly incarnation: string;
  close(): Promise<void>;
}

/**
 * `read` needs an account that only reads, as an auditor's. `report` is for a caller that changes nothing and says what is wrong: it opens
 * the engines even where views were built from another log.
 */
export type Purpose = 'write' | 'read' | 'report';
