/** An event as a client proposes it. */
export interface ProposedEvent {
  /** A UUID in lower case. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as the log keeps it. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  /** Of a tombstone the largest there is, rounded. */
  readonly revision: number;
  /** Where it stands in `$all`: as in the server a number of bytes, so neither dense nor zero. */
  readonly position: number;
  readonly createdMs: number;
  /** Bytes of the log that it takes: the next event stands that much further. */
  readonly length: number;
  /** What a reader is sent. */
  readonly encoded: Buffer;
  /** What the server itself reads, so of streams whose names begin with `$` only; null of all others. */
  readonly systemData: Uint8Array | null;
  /** Its bytes are gone: no reader sees it any more, though its position is still one of the log. */
  isScavenged: boolean;
}
