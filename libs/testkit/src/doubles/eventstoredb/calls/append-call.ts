import { Metadata, type sendUnaryData, type ServerReadableStream, type ServiceError, status } from '@grpc/grpc-js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected } from '../log/append-rules.js';
import type { DoubleContext } from './context.js';
import { errorOf, serviceError } from './faults.js';
import type { AppendOutcome, DoubleLog } from '../log/log.js';
import { nameOf } from '../wire/messages.js';
import { APPEND_BYTES_MAX, proposalOf, type Refusal } from './proposal.js';
import { dispatch, requiresLeader } from './log-router.js';
import { shared, streams } from '../wire/wire.js';

/** One append as a client-streaming call: first its options, then its events one by one. */
export function appendCall(
  context: DoubleContext,
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
): void {
  const { guard, router, faults, port } = context;
  let options: AppendReq.Options | undefined;
  const messages: AppendReq.ProposedMessage[] = [];
  call.on('data', (request: AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message) messages.push(message);
  });
  const append = (): void => {
    if (!options || call.cancelled) return;
    const stream = nameOf(options.getStreamIdentifier());
    const refusal = guard.refusalOf(call.metadata, 'write', stream);
    if (refusal) return answer(refusal);
    const fault = faults.take('append', stream);
    const fail = (): void => {
      const error = fault && errorOf(fault.failure, port());
      if (error) answer(error);
    };
    if (fault && fault.after !== 'write') return fail();
    const expected = expectedOf(options);
    const events = proposalOf(messages);
    const write = (log: DoubleLog): void => {
      const outcome = typeof events === 'string' ? events : log.append(stream, expected, events);
      if (fault) return fail();
      answerWith(outcome, stream, expected, answer);
    };
    dispatch(router.toWrite(requiresLeader(call.metadata)), write, answer);
  };
  // A client that disconnects before its last event appends nothing. Its stream ends regularly all the same: `cancelled` is set only one
  // tick after the server has sent something.
  call.on('end', () => {
    call.sendMetadata(new Metadata());
    process.nextTick(append);
  });
}

function answerWith(outcome: AppendOutcome | Refusal, stream: string, expected: Expected, answer: sendUnaryData<AppendResp>): void {
  const response = new streams.AppendResp();
  if (outcome === 'bad-request')
    return answer(serviceError(status.INVALID_ARGUMENT, null, {}, 'The append holds an id or a type that is none'));
  if (outcome === 'too-large') return answer(tooLarge());
  if (outcome.kind === 'unanswered') return;
  if (outcome.kind === 'deleted') return answer(streamDeleted(stream));
  if (outcome.kind === 'wrong') response.setWrongExpectedVersion(wrongVersion(outcome.current, expected));
  else response.setSuccess(success(outcome.revision, outcome.position));
  answer(null, response);
}

function success(revision: number, position: number | null): AppendResp.Success {
  const message = new streams.AppendResp.Success();
  message.setCurrentRevision(String(revision));
  if (position === null) return message.setNoPosition(new shared.Empty());
  const place = new streams.AppendResp.Position();
  place.setCommitPosition(String(position));
  place.setPreparePosition(String(position));
  return message.setPosition(place);
}

function wrongVersion(current: number | null, expected: Expected): AppendResp.WrongExpectedVersion {
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (current === null) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(String(current));
  if (typeof expected === 'number') return message.setExpectedRevision(String(expected));
  if (expected === 'no_stream') return message.setExpectedNoStream(new shared.Empty());
  return expected === 'any' ? message.setExpectedAny(new shared.Empty()) : message.setExpectedStreamExists(new shared.Empty());
}

/** What an append or a deletion expects of the stream. */
export function expectedOf(options: Pick<AppendReq.Options, 'hasRevision' | 'getRevision' | 'hasNoStream' | 'hasStreamExists'>): Expected {
  if (options.hasRevision()) return Number(options.getRevision());
  if (options.hasNoStream()) return 'no_stream';
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

const tooLarge = (): ServiceError =>
  serviceError(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', { 'maximum-append-size': String(APPEND_BYTES_MAX) });

export const streamDeleted = (stream: string): ServiceError =>
  serviceError(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': stream });
