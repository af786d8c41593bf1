import { once } from 'node:events';
import type { ServerDuplexStream, ServerWritableStream, ServiceError } from '@grpc/grpc-js';
import type { BatchAppendReq, BatchAppendResp, ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { errorOf, type Failure } from './faults.js';

export type ReadCall = ServerWritableStream<ReadReq, Buffer>;
export type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;
type Kind = 'read' | 'subscription' | 'appends';

/** The calls that clients hold open; each counts against the limit of its connection. */
export class OpenCalls {
  readonly #calls = new Map<ReadCall | BatchCall, { readonly kind: Kind; readonly endings: (() => void)[] }>();

  /** Reads and subscriptions. */
  get reads(): number {
    return this.#ofKind('read').length + this.subscriptions;
  }

  get subscriptions(): number {
    return this.#ofKind('subscription').length;
  }

  /** Tracks the call until either side has ended it. */
  add(call: ReadCall | BatchCall, kind: Kind): void {
    this.#calls.set(call, { kind, endings: [] });
    for (const event of ['cancelled', 'finish', 'close']) call.once(event, () => this.#end(call));
  }

  /** Calls back once when the call has ended; at once where it has ended already. */
  whenEnded(call: ReadCall | BatchCall, listener: () => void): void {
    const entry = this.#calls.get(call);
    if (entry) entry.endings.push(listener);
    else listener();
  }

  isOpen(call: ReadCall): boolean {
    return this.#calls.has(call);
  }

  /** Ends a call by a failure. `hang` leaves it open. */
  fail(call: ReadCall | BatchCall, failure: Failure, port: number): void {
    if (failure === 'hang') return;
    const error = errorOf(failure, port);
    if (error) return this.refuse(call, error);
    this.#end(call);
    call.end();
  }

  refuse(call: ReadCall | BatchCall, error: ServiceError): void {
    if (this.#end(call)) call.emit('error', error);
  }

  refuseAll(error: ServiceError): void {
    for (const call of [...this.#calls.keys()]) this.refuse(call, error);
  }

  /** Ends every subscription. */
  dropSubscriptions(failure: Failure, port: number): void {
    for (const [call] of this.#ofKind('subscription')) this.fail(call, failure, port);
  }

  /** Whether the call was open until now. */
  #end(call: ReadCall | BatchCall): boolean {
    const entry = this.#calls.get(call);
    this.#calls.delete(call);
    for (const listener of entry?.endings ?? []) listener();
    return entry !== undefined;
  }

  #ofKind(kind: Kind) {
    return [...this.#calls].filter(([, entry]) => entry.kind === kind);
  }
}

/** Resolves when the write buffer of the call has drained, or the call has ended. */
export async function writable(call: ReadCall): Promise<void> {
  const settled = new AbortController();
  const wait = (event: string) => once(call, event, { signal: settled.signal }).catch(() => undefined);
  await Promise.race([wait('drain'), wait('cancelled'), wait('close')]);
  settled.abort();
}
