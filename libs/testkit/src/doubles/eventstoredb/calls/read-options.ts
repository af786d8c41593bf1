import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredEvent } from '../log/stored-event.js';

/** A subscription's filter as the server applies it: on stream names or types, by a regular expression, else by prefixes. */
export function filterOf(options: ReadReq.Options): (event: StoredEvent) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  const subject = byStream ? ({ stream }: StoredEvent) => stream : ({ type }: StoredEvent) => type;
  const pattern = expression?.getRegex() ?? '';
  if (pattern !== '') {
    const regex = new RegExp(pattern);
    return (event) => regex.test(subject(event));
  }
  const prefixes = expression?.getPrefixList() ?? [];
  return (event) => prefixes.some((prefix) => subject(event).startsWith(prefix));
}

/** The position of an event, or of a checkpoint, whose prepare position is 0; null where commit and prepare belong to different events. */
export function positionOf(all: ReadReq.Options.AllOptions | undefined): number | null {
  const position = all?.getPosition();
  const [commit, prepare] = [Number(position?.getCommitPosition() ?? 0), Number(position?.getPreparePosition() ?? 0)];
  return prepare === 0 || prepare === commit ? commit : null;
}
