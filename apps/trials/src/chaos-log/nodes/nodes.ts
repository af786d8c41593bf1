/** The nodes of a log, as the trial does its faults to them. They are numbered from 0. */
export interface Nodes {
  readonly title: string;
  /** Where clients find the log. */
  readonly url: string;
  readonly count: number;
  /** The node that leads; null where there is none, or where it is not known. */
  leader(): Promise<number | null>;
  /** Ends a node without a word; resolves when it is gone. */
  kill(node: number): Promise<void>;
  /** Asks a node to end; resolves when it is gone. */
  stop(node: number): Promise<void>;
  /** Starts a node that is gone; resolves when it listens, as far as that can be seen. */
  start(node: number): Promise<void>;
  /** Halts a node: it accepts connections and answers nothing. */
  hang(node: number): Promise<void>;
  resume(node: number): Promise<void>;
  close(): Promise<void>;
  /** Cleans up at the end of this process, where nothing can be waited for. */
  closeNow(): void;
}
