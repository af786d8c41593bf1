import { BoundedCache } from '@onedoor/kernel';
import { isAsWritten, proofOf } from '../shared/digest.js';
import type { Damage } from './damage.js';
import { digestIn, proofIn } from './event-codec.js';
import type { LogReader } from './log-reader.js';
import { lackOf } from './stream-health.js';
import type { StreamNaming } from './stream-naming.js';

const PAGE_EVENTS = 4_096;
/** Streams whose last proof is held. An event behind one that is not is shown by its own digest alone. */
const STREAMS_MAX = 200_000;
/** Far more than a report can show. */
const FOUND_MOST = 1_000;

/** Reads the whole log for events of the city that are not as they were written. Those of releases that wrote no proof pass. */
export async function chainDamage(reader: LogReader, naming: StreamNaming): Promise<readonly Damage[]> {
  const last = new BoundedCache<string, { readonly revision: number; readonly proof: string }>(STREAMS_MAX);
  const found: Damage[] = [];
  let from = 0n;
  for (;;) {
    const events = await reader.from(from, PAGE_EVENTS);
    // A read begins with the event at its place, which the page before ended with.
    for (const event of events.filter(({ position }) => from === 0n || (position?.commit ?? 0n) > from)) {
      const stream = naming.ofCity(event.streamId);
      const proof = proofIn(event);
      if (stream === null || proof === '') continue;
      const revision = Number(event.revision);
      const before = revision === 0 ? { revision: -1, proof: '' } : last.get(stream);
      const digest = digestIn(event, stream);
      const isWhole = before?.revision === revision - 1 ? proof === proofOf(before.proof, digest) : isAsWritten(proof, digest);
      if (!isWhole && found.length < FOUND_MOST) found.push({ stream, lacks: lackOf(revision, revision) });
      last.set(stream, { revision, proof });
    }
    const end = events.at(-1)?.position?.commit;
    if (end === undefined || end === from || events.length < PAGE_EVENTS) return found;
    from = end;
  }
}
