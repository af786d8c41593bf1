import { type sendUnaryData, type ServerUnaryCall, status } from '@grpc/grpc-js';
import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from '@eventstore/db-client/generated/streams_pb.js';
import { expectedOf, streamDeleted } from './append-call.js';
import type { Expected } from '../log/append-rules.js';
import type { DoubleLog, Refused } from '../log/log.js';
import type { DoubleContext } from './context.js';
import { serviceError } from './faults.js';
import { nameOf } from '../wire/messages.js';
import { admit, requiresLeader } from './standing.js';
import { streams } from '../wire/wire.js';

/** Deletes a stream so that it may come back. */
export function deleteCall(context: DoubleContext, call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void {
  const { guard, standing } = context;
  const options = call.request.getOptions();
  const stream = nameOf(options?.getStreamIdentifier());
  const refusal = guard.refusalOf(call.metadata, 'delete', stream);
  if (refusal) return answer(refusal);
  const expected = options ? expectedOf(options) : 'any';
  const write = (log: DoubleLog): void => {
    const outcome = log.softDelete(stream, expected);
    if (outcome.kind !== 'written') return answer(refusalOf(outcome, stream, expected));
    const position = new streams.DeleteResp.Position();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    answer(null, new streams.DeleteResp().setPosition(position));
  };
  admit(standing.toWrite(requiresLeader(call.metadata)), write, answer);
}

/** Ends a stream for ever. */
export function tombstoneCall(
  context: DoubleContext,
  call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  answer: sendUnaryData<TombstoneResp>,
): void {
  const { guard, standing } = context;
  const options = call.request.getOptions();
  const stream = nameOf(options?.getStreamIdentifier());
  const refusal = guard.refusalOf(call.metadata, 'delete', stream);
  if (refusal) return answer(refusal);
  const expected = options ? expectedOf(options) : 'any';
  const write = (log: DoubleLog): void => {
    const outcome = log.tombstone(stream, expected);
    if (outcome.kind !== 'written') return answer(refusalOf(outcome, stream, expected));
    const position = new streams.TombstoneResp.Position();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    answer(null, new streams.TombstoneResp().setPosition(position));
  };
  admit(standing.toWrite(requiresLeader(call.metadata)), write, answer);
}

/** The numbers by which the protocol writes what is expected other than a revision. */
const NUMBER_OF = { no_stream: -1, any: -2, stream_exists: -4 } as const;

function refusalOf(refused: Refused, stream: string, expected: Expected) {
  if (refused.kind !== 'wrong') return streamDeleted(stream);
  return serviceError(status.FAILED_PRECONDITION, 'wrong-expected-version', {
    'stream-name': stream,
    'expected-version': String(typeof expected === 'number' ? expected : NUMBER_OF[expected]),
    'actual-version': String(refused.current ?? NUMBER_OF.no_stream),
  });
}
