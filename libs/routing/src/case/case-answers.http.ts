import {
  CASE_STATUSES,
  EXCUSE_REASONS,
  OUTCOMES,
  VISIBILITIES,
  type ExcuseReason,
  type Location,
  type ReportedAnswer,
} from '@onedoor/contracts';
import { allowedActions, type Position } from '@onedoor/engine';
import type { Instant, Principal, Reference } from '@onedoor/kernel';
import {
  flag,
  instant,
  json,
  list,
  number,
  oneOf,
  ordinal,
  orNull,
  record,
  REFERENCE,
  text,
  type CommandAnswers,
  type Schema,
} from '@onedoor/platform';
import { explain, isPaused } from '@onedoor/sla';
import type { AgreementTerms } from '../agreement/agreement.js';
import type { CaseNote, ReportedText } from './case-text.service.js';
import { CASE_COMMANDS } from './commands/index.js';
import { atInstant } from './decider.js';
import { describeCase } from './describe.js';
import type { CaseEvent } from './events.js';
import { LEG_SCHEMA, legView, PAUSES_SCHEMA, pauseViews, type LegView, type PauseView } from './pauses-answer.http.js';
import type { Case, CaseState } from './state.js';

/** What a command answers. */
interface CaseAnswer {
  readonly reference: Reference;
  readonly status: Case['status'];
  readonly round: number;
  readonly department: string | null;
  readonly assignee: string | null;
  readonly dueAt: Instant | null;
  readonly position: Position;
}

/** A case as staff see it. */
export interface CaseView extends CaseAnswer {
  readonly service: string;
  readonly visibility: Case['visibility'];
  readonly openedAt: Instant;
  readonly isAccepted: boolean;
  readonly isPaused: boolean;
  readonly revisedTo: Instant | null;
  readonly breachedAt: Instant | null;
  readonly excuse: ExcuseReason | null;
  readonly outcome: string | null;
  readonly explanation: string | null;
  readonly leg: LegView | null;
  readonly pauses: readonly PauseView[];
  readonly reported: ReportedText | null;
  readonly actions: readonly CaseAction[];
  readonly next: readonly string[];
}

interface CaseAction {
  readonly name: string;
  readonly refusal: { readonly code: string; readonly detail: string } | null;
}

const answerOf = (reference: Reference, { status, round, department, assignee, promise }: Case, position: Position): CaseAnswer => ({
  reference,
  status,
  round,
  department,
  assignee,
  dueAt: promise?.dueAt ?? null,
  position,
});

export function caseView(
  reference: Reference,
  state: Case,
  position: Position,
  principal: Principal,
  reported: ReportedText | null,
  now: Instant,
  agreed: AgreementTerms | null,
): CaseView {
  const { service, visibility, openedAt, breachedAt, outcome, promise, leg } = state;
  // As a command would find the case now: its clocks may have gone on since its last event.
  const current = atInstant(state, now);
  const actions = allowedActions(CASE_COMMANDS, current, principal);
  return {
    ...answerOf(reference, state, position),
    service,
    visibility,
    openedAt,
    isAccepted: leg !== null && leg.acceptedAt !== null,
    isPaused: promise !== null && isPaused(promise.clock),
    revisedTo: promise?.revisedTo ?? null,
    breachedAt,
    excuse: promise?.excuse ?? null,
    outcome,
    explanation: promise && explain(promise.clock).sentence,
    leg: current.leg && legView(current.leg),
    pauses: pauseViews(current, agreed),
    reported,
    actions: actions.map(({ name, refusal }) => ({ name, refusal: refusal && { code: refusal.code, detail: refusal.detail } })),
    next: actions.filter(({ refusal }) => refusal === null).map(({ name }) => name),
  };
}

/** The members of a case that queues answer as well, as the interface's description says them. */
export const CASE_MEMBERS = {
  reference: REFERENCE,
  status: oneOf(CASE_STATUSES, 'Where the case stands; `triage`: no department has it yet.'),
  round: ordinal('Counts reopenings: 1 until the first, and one more with each.'),
  department: orNull(text('Whose it is; null in triage.')),
  assignee: orNull(text('An opaque id.')),
  dueAt: orNull(instant('When the promise of this round falls due; null where none was made.')),
  service: text('Code of the service that was asked for.'),
  openedAt: instant('When the case was opened.'),
  isAccepted: flag('Whether the department said that it is its own.'),
  isPaused: flag('Whether the promise stands still.'),
  breachedAt: orNull(instant('The first breach of any round.')),
} as const satisfies Readonly<Record<string, Schema>>;

const POSITION = text('Given back as `after`, it lets a queue wait for what was just done. Opaque.');
const ETAG = { type: 'string', pattern: '^"[1-9]\\d{0,8}"$', description: 'The edition of the case, for `If-Match`.' } satisfies Schema;

const { reference: REF, status, round, department, assignee, dueAt, ...READ_ONLY } = CASE_MEMBERS;
const ANSWERED = { reference: REF, status, round, department, assignee, dueAt, position: POSITION };

const NAMES = Object.values(CASE_COMMANDS.commands)
  .filter(({ roles }) => roles.length > 0)
  .map(({ name }) => name);

const ACTION = record<CaseAction>('CaseAction', {
  name: oneOf(NAMES, 'The name of a command.'),
  refusal: {
    title: 'CaseActionRefusal',
    type: ['object', 'null'],
    required: ['code', 'detail'],
    additionalProperties: false,
    properties: { code: text('As the command alone would be refused.'), detail: text('The same for people.') },
    description: 'Why not now; null: it may be done.',
  },
});

const LOCATION = record<Location>('Location', {
  lat: orNull(number('Degrees north (WGS 84).')),
  long: orNull(number('Degrees east (WGS 84).')),
  address: orNull(text('In words.')),
  addressId: orNull(text("By the city's own register of addresses.")),
});

const REPORTED: Schema = {
  ...record<ReportedText>('ReportedText', {
    cell: orNull(text('The neighbourhood: a geohash of seven characters, about 150 m wide.')),
    location: orNull(LOCATION),
    mediaUrl: orNull(text('Where the reporter keeps a picture of it.')),
    description: orNull(text('What the reporter wrote; null where nothing was written, and after an erasure.')),
    answers: list(
      record<ReportedAnswer>('ReportedAnswer', {
        question: text("The question's code."),
        values: list(text('What was chosen or written.')),
      }),
      "To the service's questions.",
    ),
    photos: list(text('An id.'), 'Photos that the city keeps.'),
    isWithheld: flag('Whether more is known than the caller may read.'),
  }),
  description: 'What was reported; null: it was not kept. Reading it where the request is not public is itself recorded.',
};

export const CASE_NOTES = json(
  'The notes, oldest first.',
  list(
    record<CaseNote>('CaseNote', {
      at: instant('When it was given.'),
      command: oneOf(['wait', 'return', 'resolve'], 'With which command.'),
      by: text('Who gave it, as `role:id`.'),
      text: orNull(text('The note; null after an erasure.')),
    }),
  ),
);

export const CASE_READ = json(
  'The case.',
  record<CaseView>('Case', {
    ...ANSWERED,
    ...READ_ONLY,
    visibility: oneOf(VISIBILITIES, 'Who may learn that it exists.'),
    revisedTo: orNull(
      instant('What the resident was told instead of `dueAt`, by which the promise is judged; null where it was not revised.'),
    ),
    excuse: orNull(oneOf(EXCUSE_REASONS, 'Why the breach of this round was excused; null where it was not.')),
    outcome: orNull(oneOf(OUTCOMES, 'How this round ended; null while it goes on.')),
    explanation: orNull(text('Why the promise falls due when it does, in one sentence.')),
    leg: orNull(LEG_SCHEMA),
    pauses: PAUSES_SCHEMA,
    reported: orNull(REPORTED),
    actions: list(ACTION, 'What the role of the caller may do here, each with the reason where it may not now.'),
    next: list(oneOf(NAMES, 'The name of a command.'), 'The names of the actions that are allowed now.'),
  }),
  { headers: { ETag: ETAG } },
);

const EXAMPLE: CaseAnswer = {
  reference: '3D7K2F9QXM4',
  status: 'queued',
  round: 1,
  department: 'streets',
  assignee: null,
  dueAt: '2026-11-24T22:00:00.000Z',
  position: 'c2f1.0000000000000042',
};

/** What every command on a case answers: the case as it then stands. */
export const CASE_ANSWERS: CommandAnswers = {
  tag: 'Cases',
  name: 'Cases',
  parameter: REFERENCE,
  usual: {
    described: json('Done, or done before by the same key: the case as it stands.', record<CaseAnswer>('CaseAnswer', ANSWERED), {
      example: EXAMPLE,
      headers: { ETag: ETAG },
    }),
    answer({ state, position }: { readonly state: CaseState; readonly position: Position | null }, id) {
      return state.exists && position !== null ? answerOf(id, state, position) : null;
    },
  },
  describe: (event: CaseEvent) => describeCase(event),
};
