import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { streamDeleted } from './append-call.js';
import type { DoubleContext } from './context.js';
import { type Fault, noBoundary } from './faults.js';
import type { DoubleLog } from '../log/log.js';
import { encodeStreamNotFound, nameOf } from '../wire/messages.js';
import type { ReadCall } from './open-calls.js';
import { admit, requiresLeader } from './standing.js';
import type { StoredEvent } from '../log/stored-event.js';
import { subscribeCall } from './subscribe-call.js';
import { writable } from './writable.js';

const BACKWARDS = 1;

/** A read of a stream or of `$all`, or a subscription to `$all`: the protocol has one call for all of them. */
export function readCall(context: DoubleContext, call: ReadCall): void {
  const options = call.request.getOptions();
  if (!options) return;
  const { standing, calls } = context;
  calls.add(call, options.hasSubscription() ? 'subscription' : 'read');
  const answer = (log: DoubleLog): void => {
    if (options.hasSubscription()) subscribeCall(context, log, call, options);
    else void answerRead(context, log, call, options);
  };
  admit(standing.toRead(requiresLeader(call.metadata)), answer, (error) => calls.refuse(call, error));
}

async function answerRead(context: DoubleContext, log: DoubleLog, call: ReadCall, options: ReadReq.Options): Promise<void> {
  const { faults, calls, port } = context;
  const named = options.getStream();
  const stream = named ? nameOf(named.getStreamIdentifier()) : null;
  const fault = faults.take('read', stream ?? '$all');
  if (fault && typeof fault.after !== 'number') return calls.fail(call, fault.failure, port());
  if (stream !== null && log.isTombstoned(stream)) return calls.refuse(call, streamDeleted(stream));
  const position = options.getAll()?.getPosition();
  if (position && !log.isBoundary(Number(position.getCommitPosition()))) return calls.refuse(call, noBoundary());
  const events = stream === null ? ofAll(log, options) : ofStream(log, options, stream);
  if (events === null) {
    call.write(encodeStreamNotFound(stream ?? ''));
    return void call.end();
  }
  await send(context, call, limit(events, Number(options.getCount())), fault);
}

async function send({ calls, port }: DoubleContext, call: ReadCall, events: Iterable<StoredEvent>, fault: Fault | null): Promise<void> {
  let sent = 0;
  for (const event of events) {
    if (fault && sent === fault.after) return calls.fail(call, fault.failure, port());
    sent += 1;
    if (!call.write(event.encoded)) await writable(call);
    if (!calls.isOpen(call)) return;
  }
  if (fault) return calls.fail(call, fault.failure, port());
  call.end();
}

/** Forwards the event at the position is part of the answer, backwards it is not. */
function* ofAll(log: DoubleLog, options: ReadReq.Options): Generator<StoredEvent> {
  const all = options.getAll();
  const position = Number(all?.getPosition()?.getCommitPosition() ?? 0);
  if (options.getReadDirection() === BACKWARDS) {
    for (let index = (all?.hasEnd() ? log.length : log.indexAt(position)) - 1; index >= 0; index--) yield* visible(log.at(index));
  } else {
    for (let index = all?.hasEnd() ? log.length : log.indexAt(position); index < log.length; index++) yield* visible(log.at(index));
  }
}

function ofStream(log: DoubleLog, options: ReadReq.Options, stream: string): readonly StoredEvent[] | null {
  const events = log.eventsOf(stream);
  if (events === null) return null;
  const from = options.getStream();
  const count = Number(options.getCount());
  const first = events[0]?.revision ?? 0;
  const isBackwards = options.getReadDirection() === BACKWARDS;
  const end = isBackwards ? events.length - 1 : events.length;
  const index = from?.hasEnd() ? end : from?.hasRevision() ? Number(from.getRevision()) - first : 0;
  if (!isBackwards) return events.slice(Math.max(0, index), Math.max(0, index) + count);
  return events.slice(Math.max(0, index + 1 - count), Math.max(0, index + 1)).reverse();
}

function* visible(event: StoredEvent | undefined): Generator<StoredEvent> {
  if (event && !event.isScavenged) yield event;
}

function* limit(events: Iterable<StoredEvent>, count: number): Generator<StoredEvent> {
  let left = count;
  if (left <= 0) return;
  for (const event of events) {
    yield event;
    left -= 1;
    if (left === 0) return;
  }
}
