import { instant, json, list, orNull, record, REFERENCE, text } from '@onedoor/platform';
import type { Reading, ReadingsOfMonth } from '../reading/list-readings.service.js';
import type { Replay, TimelineEntry } from './replay.service.js';

const AS_OF = orNull(instant('As it was known then; null: everything known now.'));
const ACTOR = text('Who, as `role:id`: never a name.');

/** What the routes of audit answer, as the interface's description says it. */
export const HISTORY = json(
  'The history.',
  record<Replay>('History', {
    reference: REFERENCE,
    asOf: AS_OF,
    states: {
      type: 'object',
      additionalProperties: { type: ['object', 'null'] },
      description: 'By category of stream, what it amounts to; null before its first event.',
    },
    timeline: list(
      record<TimelineEntry>('HistoryEntry', {
        position: text('Its place in the log.'),
        at: instant('When it happened for the city.'),
        recordedAt: instant('When it was written.'),
        stream: text('The stream it stands in.'),
        type: text('What kind of fact it is.'),
        actor: ACTOR,
        cause: text('The id of the event or command that led to it.'),
        summary: text('In one sentence.'),
      }),
      'Every event, oldest first.',
    ),
  }),
);

export const READINGS = json(
  'Who was shown what of the request in that month: its history, or what of its case is sealed.',
  record<ReadingsOfMonth>('Readings', {
    month: { type: 'string', pattern: '^\\d{4}-\\d{2}$', description: 'In UTC.' },
    readings: list(
      record<Reading>('Reading', {
        at: instant('When.'),
        actor: ACTOR,
        parts: list(text('Such as `history`, `details`, `description` or `notes`.'), 'What was shown; never what it says.'),
        purpose: text('What for: `audit`, or `work` on the case.'),
        asOf: AS_OF,
      }),
      'Oldest first.',
    ),
  }),
);
