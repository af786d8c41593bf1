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
  readonly revision: number;
  /** Where it stands in `$all`: as in the server a number of bytes, so neither dense nor zero. */
  readonly position: number;
  /** What a reader is sent. */
  readonly encoded: Buffer;
  /** Its bytes are gone: no reader sees it any more, though its position is still one of the log. */
  isScavenged: boolean;
}
