/** An event as a client proposes it. */
export interface ProposedEvent {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** Where an event stands. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: number;
  readonly createdMs: number;
}
