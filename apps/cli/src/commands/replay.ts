import { cityZone, replay as replayStreams, type Replay } from '@onedoor/audit';
import { AUDITED_STREAMS } from '@onedoor/composition';
import { formatReference, parseInstant, type Instant } from '@onedoor/kernel';
import { localTimeWords } from '@onedoor/sla';
import { answer, UserError } from '../answer.js';
import { findReference } from '../find-reference.js';
import { openToRead, type DataOptions } from '../open-data.js';

interface ReplayOptions extends DataOptions {
  readonly asOf?: string;
  readonly json: boolean;
}

/** `replay REF`: the states of a request as known at an instant, and the events that led to them. */
export async function replay(text: string, options: ReplayOptions): Promise<void> {
  const asOf = options.asOf === undefined ? null : readInstant(options.asOf);
  const data = await openToRead(options);
  try {
    const reference = await findReference(data, text);
    const story = reference && (await replayStreams(data, AUDITED_STREAMS, reference, asOf));
    if (!story) throw new UserError(`${text}: there is no request under this reference`);
    const { request = null, case: cityCase = null } = story.states;
    // `messages` is always empty: notifications are events of the timeline.
    const document = { reference: story.reference, asOf, request, case: cityCase, messages: [], timeline: story.timeline };
    answer(options.json, document, linesOf(story, await cityZone(data.store)));
  } finally {
    await data.close();
  }
}

function readInstant(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new UserError('--as-of: must be an instant with a zone, such as 2011-07-05T09:00:00-04:00 (RFC 3339)');
  return instant;
}

/** Times are those of the city, with their years; before its catalog was opened, in UTC. */
function linesOf({ reference, asOf, states, timeline }: Replay, zone: string | null): readonly string[] {
  const when = (instant: Instant): string => (zone === null ? instant : localTimeWords(instant, zone, NO_YEAR));
  const nothing = asOf === null ? 'none' : 'none by then';
  return [
    `${formatReference(reference)}${asOf === null ? '' : ` as of ${when(asOf)}`}`,
    ...Object.entries(states).map(([name, state]) => `${name}: ${state === null ? nothing : JSON.stringify(state)}`),
    ...timeline.map(({ at, actor, summary }) => `${when(at)}  ${summary}  (${actor})`),
  ];
}

/** Beside an instant of another year each one is told with its own. */
const NO_YEAR: Instant = '1970-06-01T00:00:00.000Z';
