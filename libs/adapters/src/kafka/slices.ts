/** Messages a handler gets at once. Small, since what a killed member has handled but not committed comes again. */
const SLICE = 200;

export interface Slice<Message> {
  readonly messages: readonly Message[];
  /** The offset behind its last message. */
  readonly next: bigint;
}

/** Cuts what was fetched from a partition, up to `lastOffset`, which counts transaction markers too. */
export function slicesOf<Message extends { readonly offset: string }>(
  messages: readonly Message[],
  lastOffset: string,
): readonly Slice<Message>[] {
  return Array.from({ length: Math.ceil(messages.length / SLICE) }, (_, index) => {
    const slice = messages.slice(index * SLICE, (index + 1) * SLICE);
    const isLast = (index + 1) * SLICE >= messages.length;
    const last = isLast ? lastOffset : (slice.at(-1)?.offset ?? lastOffset);
    return { messages: slice, next: BigInt(last) + 1n };
  });
}
