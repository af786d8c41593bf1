import type { ParkedKeys, RunOptions } from '@onedoor/engine';

/** A loop that runs beside the requests of a process: it follows the log, the bus or the due list until it is told to stop. */
export interface Worker {
  readonly name: string;
  readonly kind: 'projector' | 'relay' | 'consumer' | 'ticker';
  run(options: RunOptions): Promise<void>;
  /** How far it is behind the log, in milliseconds; absent where it follows something else. */
  lag?(): Promise<number>;
  /** How many entries of its due list have come due and are not dealt with, up to a page of them; absent where it has none. */
  due?(): Promise<number>;
  /** The keys of its group whose messages wait, whichever process parked them; absent where it reacts to no messages. */
  parked?(): Promise<ParkedKeys>;
}
