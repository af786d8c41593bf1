import { type sendUnaryData, type ServerUnaryCall, status } from '@grpc/grpc-js';
import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from '@eventstore/db-client/generated/streams_pb.js';
import { expectedOf, streamDeleted } from './append-call.js';
import type { Expected } from '../log/append-rules.js';
import type { DoubleLog, Refused } from '../log/log.js';
import type { DoubleContext } from './context.js';
import { serviceError } from './faults.js';
import { nameOf } from '../wire/messages.js';
import { dispatch, requiresLeader } from './log-router.js';
import { streams } from '../wire/wire.js';

/** Deletes a stream softly: a later append revives it. */
export function deleteCall(context: DoubleContext, call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void {
  deletion(context, call, answer, 'softDelete', (position) => {
    const place = new streams.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position);
    return new streams.DeleteResp().setPosition(place);
  });
}

/** Deletes a stream permanently. */
export function tombstoneCall(
  context: DoubleContext,
  call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  answer: sendUnaryData<TombstoneResp>,
): void {
  deletion(context, call, answer, 'tombstone', (position) => {
    const place = new streams.TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position);
    return new streams.TombstoneResp().setPosition(place);
  });
}

/** Authorizes a deletion, routes it to the log, and responds with the position of its event. */
function deletion<Response>(
  { guard, router }: DoubleContext,
  call: ServerUnaryCall<DeleteReq | TombstoneReq, Response>,
  answer: sendUnaryData<Response>,
  kind: 'softDelete' | 'tombstone',
  responseOf: (position: string) => Response,
): void {
  const options = call.request.getOptions();
  const stream = nameOf(options?.getStreamIdentifier());
  const refusal = guard.refusalOf(call.metadata, 'delete', stream);
  if (refusal) return answer(refusal);
  const expected = options ? expectedOf(options) : 'any';
  const write = (log: DoubleLog): void => {
    const outcome = log[kind](stream, expected);
    if (outcome.kind === 'written') answer(null, responseOf(String(outcome.position)));
    else answer(refusalOf(outcome, stream, expected));
  };
  dispatch(router.toWrite(requiresLeader(call.metadata)), write, answer);
}

/** The protocol's numbers for an expected state that is no revision. */
const NUMBER_OF = { no_stream: -1, any: -2, stream_exists: -4 } as const;

function refusalOf(refused: Refused, stream: string, expected: Expected) {
  if (refused.kind !== 'wrong') return streamDeleted(stream);
  return serviceError(status.FAILED_PRECONDITION, 'wrong-expected-version', {
    'stream-name': stream,
    'expected-version': String(typeof expected === 'number' ? expected : NUMBER_OF[expected]),
    'actual-version': String(refused.current ?? NUMBER_OF.no_stream),
  });
}
