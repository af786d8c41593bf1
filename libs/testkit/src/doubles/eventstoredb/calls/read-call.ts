import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { DoubleLog } from '../log/log.js';
import type { StoredEvent } from '../log/stored-event.js';
import { encodeStreamNotFound, nameOf } from '../wire/messages.js';
import { streamDeleted } from './append-call.js';
import type { DoubleContext } from './context.js';
import { type Fault, unreadable } from './faults.js';
import { type ReadCall, writable } from './open-calls.js';
import { positionOf } from './read-options.js';
import { dispatch, requiresLeader } from './log-router.js';
import { subscribeCall } from './subscribe-call.js';

const BACKWARDS = 1;

/** A read of a stream or of `$all`, or a subscription to `$all`: the protocol has one call for all of them. */
export function readCall(context: DoubleContext, call: ReadCall): void {
  const options = call.request.getOptions();
  if (!options) return;
  const { guard, router, calls } = context;
  calls.add(call, options.hasSubscription() ? 'subscription' : 'read');
  const refusal = guard.refusalOf(call.metadata, 'read', options.hasAll() ? '$all' : nameOf(options.getStream()?.getStreamIdentifier()));
  if (refusal) return calls.refuse(call, refusal);
  const answer = (log: DoubleLog): void => {
    if (options.hasSubscription()) subscribeCall(context, log, call, options);
    else void answerRead(context, log, call, options);
  };
  dispatch(router.toRead(requiresLeader(call.metadata)), answer, (error) => calls.refuse(call, error));
}

async function answerRead(context: DoubleContext, log: DoubleLog, call: ReadCall, options: ReadReq.Options): Promise<void> {
  const { faults, calls, port } = context;
  const named = options.getStream();
  const stream = named ? nameOf(named.getStreamIdentifier()) : null;
  const fault = faults.take('read', stream ?? '$all');
  if (fault && typeof fault.after !== 'number') return calls.fail(call, fault.failure, port());
  if (stream !== null && log.isTombstoned(stream)) return calls.refuse(call, streamDeleted(stream));
  const events = stream === null ? ofAll(log, options) : ofStream(log, options, stream);
  if (events === 'unreadable') return calls.refuse(call, unreadable());
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

/** Read forwards, the event at the position is included; read backwards, it is not. */
function ofAll(log: DoubleLog, options: ReadReq.Options): Iterable<StoredEvent> | 'unreadable' {
  const all = options.getAll();
  const isBackwards = options.getReadDirection() === BACKWARDS;
  if (all?.hasEnd()) return isBackwards ? between(log, log.length - 1, -1) : [];
  const position = positionOf(all);
  if (position === null || !(isBackwards ? log.isReadableBackwards(position) : log.isReadable(position))) return 'unreadable';
  const index = log.indexAt(position);
  return isBackwards ? between(log, index - 1, -1) : between(log, index, 1);
}

/** Reading a stream forwards from its end, or reading no events of it, is an error. Null where the stream does not exist. */
function ofStream(log: DoubleLog, options: ReadReq.Options, stream: string): readonly StoredEvent[] | 'unreadable' | null {
  const from = options.getStream();
  const count = Number(options.getCount());
  const isBackwards = options.getReadDirection() === BACKWARDS;
  if (count === 0 || (from?.hasEnd() && !isBackwards)) return 'unreadable';
  const events = log.eventsOf(stream);
  if (events === null) return null;
  const first = events[0]?.revision ?? 0;
  const index = from?.hasEnd() ? events.length - 1 : from?.hasRevision() ? Number(from.getRevision()) - first : 0;
  if (!isBackwards) return events.slice(Math.max(0, index), Math.max(0, index) + count);
  const last = Math.min(index, events.length - 1);
  return events.slice(Math.max(0, last + 1 - count), Math.max(0, last + 1)).reverse();
}

function* between(log: DoubleLog, start: number, step: 1 | -1): Generator<StoredEvent> {
  for (let index = start; index >= 0; index += step) {
    const event = log.at(index);
    if (!event) return;
    if (!event.isScavenged) yield event;
  }
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
