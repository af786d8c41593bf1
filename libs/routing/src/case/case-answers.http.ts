import { flag, instant, json, list, oneOf, ordinal, orNull, record, REFERENCE, text, type Schema } from '@onedoor/platform';
import { OUTCOMES } from './outcome.js';
import { CASE_STATUSES } from './status.js';
import type { CaseAnswer, CaseView } from './case-view.http.js';
import type { QueueRow } from './queue-row.http.js';

/** What the routes of cases and queues answer, as the interface's description says it. */
const STATUS = oneOf(CASE_STATUSES, 'Where the case stands; `triage`: no department has it yet.');
const ROUND = ordinal('Counts reopenings: 1 until the first, and one more with each.');
const DEPARTMENT = orNull(text('Whose it is; null in triage.'));
const ASSIGNEE = orNull(text('An opaque id.'));
const DUE_AT = orNull(instant('When the promise of this round falls due; null where none was made.'));
const BREACHED_AT = orNull(instant('The first breach of any round.'));
const ACCEPTED = flag('Whether the department said that it is its own.');
const PAUSED = flag('Whether the promise stands still.');
const SERVICE = text('Code of the service that was asked for.');
const OPENED_AT = instant('When the case was opened.');

const COMMANDS = ['transfer', 'accept', 'return', 'assign', 'start', 'wait', 'resume', 'resolve', 'close', 'reopen'] as const;

const ANSWERED: { readonly [Name in keyof CaseAnswer]: Schema } = {
  reference: REFERENCE,
  status: STATUS,
  round: ROUND,
  department: DEPARTMENT,
  assignee: ASSIGNEE,
  dueAt: DUE_AT,
  position: text('Given back as `after`, it lets a queue wait for what was just done. Opaque.'),
};

const ETAG = { type: 'string', pattern: '^"[1-9]\\d{0,8}"$', description: 'The edition of the case, for `If-Match`.' } satisfies Schema;

const EXAMPLE = {
  reference: '3D7K2F9QXM4',
  status: 'queued',
  round: 1,
  department: 'streets',
  assignee: null,
  dueAt: '2026-11-24T22:00:00.000Z',
  position: 'c2f1.0000000000000042',
};

export const CASE_READ = json(
  'The case.',
  record<CaseView>('Case', {
    ...ANSWERED,
    service: SERVICE,
    visibility: oneOf(['public', 'private', 'confidential'], 'Who may learn that it exists.'),
    openedAt: OPENED_AT,
    isAccepted: ACCEPTED,
    isPaused: PAUSED,
    breachedAt: BREACHED_AT,
    outcome: orNull(oneOf(OUTCOMES, 'How this round ended; null while it goes on.')),
    explanation: orNull(text('Why the promise falls due when it does, in one sentence.')),
    next: list(oneOf(COMMANDS, 'The name of a command.'), 'What whoever asks may do next.'),
  }),
  { headers: { ETag: ETAG } },
);

export const CASE_CHANGED = json(
  'Done, or done before by the same key: the case as it stands.',
  record<CaseAnswer>('CaseAnswer', ANSWERED),
  { example: EXAMPLE, headers: { ETag: ETAG } },
);

export const QUEUE_PAGE = json(
  'A page of the queue: what falls due first comes first, what was never promised last.',
  list(
    record<QueueRow>('QueuedCase', {
      reference: REFERENCE,
      status: STATUS,
      service: SERVICE,
      isPublic: flag('Whether everyone may learn that it exists.'),
      department: DEPARTMENT,
      assignee: ASSIGNEE,
      isAccepted: ACCEPTED,
      returnedBy: orNull(text('The department that gave it back, as long as no other has it.')),
      round: ROUND,
      openedAt: OPENED_AT,
      dueAt: DUE_AT,
      isPaused: PAUSED,
      breachedAt: BREACHED_AT,
    }),
  ),
  {
    headers: {
      Link: text('The next page, as `<…>; rel="next"` (RFC 8288); absent on the last one.'),
      'OneDoor-Stale': { type: 'string', const: 'true', description: 'Sent where the queue does not show yet what stands at `after`.' },
    },
  },
);
