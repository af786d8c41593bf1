import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';

/** A position as clients give it: of one event, or of a checkpoint, whose second half is zero. Null where its halves are of two events. */
export function positionOf(all: ReadReq.Options.AllOptions | undefined): number | null {
  const position = all?.getPosition();
  const [commit, prepare] = [Number(position?.getCommitPosition() ?? 0), Number(position?.getPreparePosition() ?? 0)];
  return prepare === 0 || prepare === commit ? commit : null;
}
