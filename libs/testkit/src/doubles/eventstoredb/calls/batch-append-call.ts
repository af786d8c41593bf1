import { status as codes } from '@grpc/grpc-js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected } from '../log/append-rules.js';
import type { DoubleContext } from './context.js';
import type { Failure } from './faults.js';
import type { AppendOutcome, DoubleLog } from '../log/log.js';
import { identifierOf, nameOf } from '../wire/messages.js';
import type { BatchCall } from './open-calls.js';
import { APPEND_BYTES_MAX, proposalOf, type Refusal } from './proposal.js';
import { dispatch, requiresLeader } from './log-router.js';
import { Any, Empty, shared, status, streams } from '../wire/wire.js';

interface Batch {
  readonly options: BatchAppendReq.Options;
  readonly messages: BatchAppendReq.ProposedMessage[];
}

/** Appends multiplexed over one call by correlation ids; an append may come in several requests. */
export function batchAppendCall({ guard, router, faults, calls, port }: DoubleContext, call: BatchCall): void {
  calls.add(call, 'appends');
  const isForLeader = requiresLeader(call.metadata);
  const open = new Map<string, Batch>();
  call.on('data', (request: BatchAppendReq) => {
    const correlationId = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options) open.set(correlationId, { options, messages: [] });
    const batch = open.get(correlationId);
    if (!batch) return;
    batch.messages.push(...request.getProposedMessagesList());
    if (!request.getIsFinal()) return;
    open.delete(correlationId);
    const stream = nameOf(batch.options.getStreamIdentifier());
    const refusal = guard.refusalOf(call.metadata, 'write', stream);
    if (refusal?.code === codes.UNAUTHENTICATED) return calls.refuse(call, refusal);
    if (refusal) return void call.write(answerTo(request, stream, expectedOf(batch.options), 'denied'));
    const fault = faults.take('append', stream);
    const fail = (failure: Failure): void => calls.fail(call, failure, port());
    if (fault && fault.after !== 'write') return fail(fault.failure);
    const write = (log: DoubleLog): void => {
      const outcome = outcomeOf(batch, stream, log);
      if (fault) fail(fault.failure);
      else if (typeof outcome === 'string' || outcome.kind !== 'unanswered')
        call.write(answerTo(request, stream, expectedOf(batch.options), outcome));
    };
    // As on the server, an error of the call fails every append on it.
    dispatch(router.toWrite(isForLeader), write, (error) => calls.refuse(call, error));
  });
  call.on('end', () => call.end());
}

function outcomeOf({ options, messages }: Batch, stream: string, log: DoubleLog): AppendOutcome | Refusal {
  const events = proposalOf(messages);
  return typeof events === 'string' ? events : log.append(stream, expectedOf(options), events);
}

function expectedOf(options: BatchAppendReq.Options): Expected {
  if (options.hasStreamPosition()) return Number(options.getStreamPosition());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

function answerTo(
  request: BatchAppendReq,
  stream: string,
  expected: Expected,
  outcome: AppendOutcome | Refusal | 'denied',
): BatchAppendResp {
  const response = new streams.BatchAppendResp();
  const correlationId = request.getCorrelationId();
  if (correlationId) response.setCorrelationId(correlationId);
  response.setStreamIdentifier(identifierOf(stream));
  if (typeof outcome === 'object' && outcome.kind === 'written') return response.setSuccess(success(outcome.revision, outcome.position));
  return response.setError(failure(stream, expected, outcome));
}

function success(revision: number, position: number | null): BatchAppendResp.Success {
  const message = new streams.BatchAppendResp.Success();
  message.setCurrentRevision(String(revision));
  if (position === null) return message.setNoPosition(new Empty());
  const place = new shared.AllStreamPosition();
  place.setCommitPosition(String(position));
  place.setPreparePosition(String(position));
  return message.setPosition(place);
}

function failure(stream: string, expected: Expected, outcome: AppendOutcome | Refusal | 'denied'): InstanceType<typeof status.Status> {
  const details = new Any();
  const [name, message] = detailsOf(stream, expected, outcome);
  details.pack(message, `event_store.client.${name}`);
  const answer = new status.Status();
  // The client reads the details only.
  answer.setCode(codes.FAILED_PRECONDITION.valueOf());
  answer.setMessage(name);
  answer.setDetails(details);
  return answer;
}

function detailsOf(stream: string, expected: Expected, outcome: AppendOutcome | Refusal | 'denied'): readonly [string, Uint8Array] {
  if (outcome === 'denied') return ['AccessDenied', new shared.AccessDenied().serializeBinary()];
  if (outcome === 'bad-request') return ['BadRequest', new shared.BadRequest().serializeBinary()];
  if (outcome === 'too-large')
    return ['MaximumAppendSizeExceeded', new shared.MaximumAppendSizeExceeded().setMaxappendsize(APPEND_BYTES_MAX).serializeBinary()];
  if (outcome.kind !== 'wrong')
    return ['StreamDeleted', new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream)).serializeBinary()];
  const wrong = new shared.WrongExpectedVersion();
  if (outcome.current === null) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(String(outcome.current));
  if (typeof expected === 'number') wrong.setExpectedStreamPosition(String(expected));
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new Empty());
  else if (expected === 'any') wrong.setExpectedAny(new Empty());
  else wrong.setExpectedStreamExists(new Empty());
  return ['WrongExpectedVersion', wrong.serializeBinary()];
}
