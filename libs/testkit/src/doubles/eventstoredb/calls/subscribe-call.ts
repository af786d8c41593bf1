import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { DoubleContext } from './context.js';
import { type Fault, serviceError, unreadable } from './faults.js';
import { filterOf, positionOf } from './read-options.js';
import { encodeCaughtUp, encodeCheckpoint, encodeConfirmation } from '../wire/messages.js';
import type { DoubleLog } from '../log/log.js';
import { type ReadCall, writable } from './open-calls.js';

/** Matches after which a page of past events ends, even where its search window is not exhausted. */
const MATCHES_PER_PAGE = 32;
const DEFAULT_WINDOW = 32;

/**
 * A subscription to `$all`. While it catches up it waits for a slow reader. Live it does not wait, and drops a reader that falls behind
 * by more than the live buffer.
 */
export function subscribeCall(context: DoubleContext, log: DoubleLog, call: ReadCall, options: ReadReq.Options): void {
  if (options.hasStream()) {
    return context.calls.refuse(call, serviceError(status.UNIMPLEMENTED, null, {}, 'The double follows $all only'));
  }
  const subscription = new Subscription(context, log, call, options);
  void subscription.run();
}

class Subscription {
  readonly #matches;
  readonly #window: number;
  readonly #checkpointEvery: number;
  readonly #fault: Fault | null;
  #next = 0;
  #sent = 0;
  #considered = 0;
  #isLive = false;
  #isBlocked = false;

  constructor(
    private readonly context: DoubleContext,
    private readonly log: DoubleLog,
    private readonly call: ReadCall,
    private readonly options: ReadReq.Options,
  ) {
    const filter = options.getFilter();
    this.#matches = filterOf(options);
    this.#window = filter?.hasMax() ? filter.getMax() : DEFAULT_WINDOW;
    this.#checkpointEvery = filter ? this.#window * filter.getCheckpointintervalmultiplier() : Infinity;
    this.#fault = context.faults.take('subscribe', '$all');
  }

  async run(): Promise<void> {
    const { calls, port } = this.context;
    calls.whenEnded(
      this.call,
      this.log.onChange(() => this.#pushLive()),
    );
    if (this.#fault && typeof this.#fault.after !== 'number') return calls.fail(this.call, this.#fault.failure, port());
    const start = this.#start();
    if (start === null) return calls.refuse(this.call, unreadable());
    this.#next = start;
    this.call.write(encodeConfirmation(randomUUID()));
    await this.#catchUp();
    if (!this.#isOpen) return;
    this.call.write(encodeCaughtUp());
    this.#isLive = true;
    this.#pushLive();
  }

  /**
   * The server seeks the first record at or after the position and begins after that record: where the record itself was scavenged, the
   * next event is skipped. Beyond the end it begins with the next event written. Null where the position is unreadable.
   */
  #start(): number | null {
    const { log } = this;
    const all = this.options.getAll();
    if (all?.hasEnd()) return log.length;
    const position = positionOf(all);
    if (position === 0) return 0;
    if (position === null || !log.isReadable(position)) return null;
    let index = log.indexAt(position);
    while (log.at(index)?.isScavenged) index += 1;
    return Math.min(index + 1, log.length);
  }

  async #catchUp(): Promise<void> {
    const { log } = this;
    while (this.#next < log.length && this.#isOpen) {
      const start = log.at(this.#next)?.position ?? 0;
      let [matched, considered, lastMatched] = [0, 0, 0];
      while (this.#next < log.length && considered < this.#window && matched < MATCHES_PER_PAGE && this.#isOpen) {
        const event = log.at(this.#next++);
        if (!event || event.isScavenged) continue;
        considered += 1;
        if (!this.#matches(event)) continue;
        [matched, lastMatched] = [matched + 1, event.position];
        if (!this.#send(event.encoded)) await writable(this.call);
      }
      this.#considered += considered;
      const isLastPage = this.#next >= log.length;
      if (this.#considered < this.#checkpointEvery || isLastPage || !this.#isOpen) continue;
      this.#considered = 0;
      // The checkpoint of a page without a match is the begin of the page.
      this.call.write(matched > 0 ? encodeCheckpoint(lastMatched, lastMatched) : encodeCheckpoint(start, 0));
    }
  }

  #pushLive(): void {
    const { log, context } = this;
    if (!this.#isLive || !this.#isOpen) return;
    // Events that wait for the reader are discarded with the call.
    if (log.length - this.#next > context.liveBuffer) return context.calls.fail(this.call, 'timeout', context.port());
    while (!this.#isBlocked && this.#next < log.length && this.#isOpen) {
      const event = log.at(this.#next++);
      if (!event) return;
      if (this.#matches(event) && !this.#send(event.encoded)) this.#block();
      this.#considered += 1;
      if (this.#considered < this.#checkpointEvery || !this.#isOpen) continue;
      this.#considered = 0;
      this.call.write(encodeCheckpoint(event.position, event.position));
    }
  }

  #block(): void {
    this.#isBlocked = true;
    void writable(this.call).then(() => {
      this.#isBlocked = false;
      this.#pushLive();
    });
  }

  #send(encoded: Buffer): boolean {
    const { calls, port } = this.context;
    if (this.#fault && this.#sent === this.#fault.after) {
      calls.fail(this.call, this.#fault.failure, port());
      return this.#fault.failure !== 'hang';
    }
    this.#sent += 1;
    return this.call.write(encoded);
  }

  get #isOpen(): boolean {
    return this.context.calls.isOpen(this.call);
  }
}
