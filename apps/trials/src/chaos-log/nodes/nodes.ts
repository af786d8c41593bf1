/** The nodes of a log, with the faults that the trial injects. They are numbered from 0. */
export interface Nodes {
  readonly title: string;
  /** The connection string for clients. */
  readonly url: string;
  readonly count: number;
  /** The node that leads; null where there is none, or where it is unknown. */
  leader(): Promise<number | null>;
  /** Ends a node by SIGKILL; resolves when it is gone. */
  kill(node: number): Promise<void>;
  /** Ends a node by SIGTERM; resolves when it is gone. */
  stop(node: number): Promise<void>;
  /** Starts a node that is gone; resolves when it listens. */
  start(node: number): Promise<void>;
  /** Halts a node by SIGSTOP: it accepts connections and answers nothing. */
  hang(node: number): Promise<void>;
  resume(node: number): Promise<void>;
  close(): Promise<void>;
  /** Cleans up synchronously when this process exits. */
  closeNow(): void;
}
