import type { ServerWritableStream, ServiceError } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { errorOf, type Failure } from './faults.js';

export type ReadCall = ServerWritableStream<ReadReq, Buffer>;

/** The reads and subscriptions that clients hold open: each takes one of the hundred calls of its connection. */
export class OpenReads {
  readonly #calls = new Map<ReadCall, { readonly isSubscription: boolean; readonly onDrop: () => void }>();

  get count(): number {
    return this.#calls.size;
  }

  get subscriptions(): number {
    return [...this.#calls.values()].filter(({ isSubscription }) => isSubscription).length;
  }

  /** Holds the call until it ended, by either side. `onEnd` is called then. */
  add(call: ReadCall, isSubscription: boolean, onEnd: () => void): void {
    const end = () => {
      if (this.#calls.delete(call)) onEnd();
    };
    this.#calls.set(call, { isSubscription, onDrop: end });
    for (const event of ['cancelled', 'finish', 'close']) call.once(event, end);
  }

  isOpen(call: ReadCall): boolean {
    return this.#calls.has(call);
  }

  /** Ends a call as a failure does. A hanging one stays open, and says nothing more. */
  fail(call: ReadCall, failure: Failure, port: number): void {
    if (failure === 'hang') return;
    const error = errorOf(failure, port);
    if (error) return this.refuse(call, error);
    this.#calls.get(call)?.onDrop();
    call.end();
  }

  refuse(call: ReadCall, error: ServiceError): void {
    const entry = this.#calls.get(call);
    if (!entry) return;
    entry.onDrop();
    call.emit('error', error);
  }

  /** Ends every subscription. */
  dropSubscriptions(failure: Failure, port: number): void {
    for (const [call, { isSubscription }] of [...this.#calls]) if (isSubscription) this.fail(call, failure, port);
  }
}
