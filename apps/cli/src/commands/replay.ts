import { replay as replayStreams, type Replay } from '@onedoor/audit';
import { AUDITED_STREAMS } from '@onedoor/composition';
import { formatReference, parseInstant, type Instant } from '@onedoor/kernel';
import { answer, UserError } from '../answer.js';
import type { DataOptions } from '../data-options.js';
import { findReference } from '../find-reference.js';
import { openToRead } from '../open-data.js';

export interface ReplayOptions extends DataOptions {
  readonly asOf?: string;
  readonly json: boolean;
}

/** `replay REF`: what was known of a request at an instant, and how it came to that. */
export async function replay(text: string, options: ReplayOptions): Promise<void> {
  const asOf = options.asOf === undefined ? null : readInstant(options.asOf);
  const data = await openToRead(options);
  try {
    const reference = await findReference(data, text);
    const story = reference && (await replayStreams(data, AUDITED_STREAMS, reference, asOf));
    if (!story) throw new UserError(`${text}: there is no request under this reference`);
    const { request = null, case: cityCase = null } = story.states;
    // No context sends messages yet, so there are none to tell of.
    const document = { reference: story.reference, asOf, request, case: cityCase, messages: [], timeline: story.timeline };
    answer(options.json, document, linesOf(story));
  } finally {
    await data.close();
  }
}

function readInstant(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === null) throw new UserError('--as-of: must be an instant with a zone, such as 2011-07-05T09:00:00-04:00 (RFC 3339)');
  return instant;
}

function linesOf({ reference, asOf, states, timeline }: Replay): readonly string[] {
  return [
    `${formatReference(reference)}${asOf === null ? '' : ` as of ${asOf}`}`,
    ...Object.entries(states).map(([name, state]) => `${name}: ${state === null ? 'not yet' : JSON.stringify(state)}`),
    ...timeline.map(({ at, actor, summary }) => `${at}  ${summary}  (${actor})`),
  ];
}
