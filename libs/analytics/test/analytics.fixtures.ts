import {
  CASE_REOPENED,
  CASE_RESOLVED,
  CASE_ROUTED,
  PROMISE_BREACHED,
  PROMISE_EXCUSED,
  PROMISE_MADE,
  PROMISE_MOVED,
  REQUEST_SUBMITTED,
  type PublicEvent,
} from '@onedoor/contracts';
import { Executor, type EventStore } from '@onedoor/engine';
import { HOUR_MS, instantOf, msOf, type Instant } from '@onedoor/kernel';
import { FACT } from '../src/fact/decider.js';
import { FACT_COMMANDS } from '../src/fact/commands/index.js';
import { reactToPublic, type WantFact } from '../src/fact/react.js';
import type {
  FactCommand,
  FactEvent,
  RecordBreach,
  RecordExcuse,
  RecordMilestone,
  RecordPromise,
  RecordReopening,
  RecordResolution,
  RecordReturn,
  RecordReturnCharge,
  RecordRevision,
  RecordRouting,
  RecordSubmission,
} from '../src/fact/events.js';

export const ZONE = 'America/New_York';

/** Monday, nine o'clock in New York. */
export const monday: Instant = '2026-03-02T14:00:00.000Z';
export const hours = (count: number): Instant => instantOf(msOf(monday) + count * HOUR_MS);
export const sequence = (count: number): string => `${String(count).padStart(8, '0')}.0`;

// Commands and the facts they lead to.

type Draft<Command> = Partial<Omit<Command, 'type'>>;

export const recordSubmission = (draft: Draft<RecordSubmission> = {}): RecordSubmission => ({
  type: 'RecordSubmission',
  at: monday,
  sequence: sequence(0),
  service: 'pothole',
  submittedAt: monday,
  submittedOn: '2026-03-02',
  ...draft,
});
export const recordRouting = (draft: Draft<RecordRouting> = {}): RecordRouting => ({
  type: 'RecordRouting',
  at: monday,
  sequence: sequence(1),
  round: 1,
  department: 'works',
  ...draft,
});
export const recordPromise = (draft: Draft<RecordPromise> = {}): RecordPromise => ({
  type: 'RecordPromise',
  at: monday,
  sequence: sequence(2),
  round: 1,
  dueAt: hours(48),
  dueOn: '2026-03-04',
  ...draft,
});
export const recordBreach = (draft: Draft<RecordBreach> = {}): RecordBreach => ({
  type: 'RecordBreach',
  at: hours(48),
  sequence: sequence(3),
  round: 1,
  heldBy: { department: 'works' },
  ...draft,
});
export const recordExcuse = (draft: Draft<RecordExcuse> = {}): RecordExcuse => ({
  type: 'RecordExcuse',
  at: hours(90),
  sequence: sequence(6),
  round: 1,
  reason: 'other_agency',
  ...draft,
});
export const recordMilestone = (draft: Draft<RecordMilestone> = {}): RecordMilestone => ({
  type: 'RecordMilestone',
  at: hours(91),
  sequence: sequence(7),
  round: 1,
  department: 'works',
  milestone: 'acknowledge',
  isMet: true,
  dueAt: hours(2),
  dueOn: '2026-03-02',
  ...draft,
});
export const recordRevision = (draft: Draft<RecordRevision> = {}): RecordRevision => ({
  type: 'RecordRevision',
  at: hours(92),
  sequence: '00000007.1',
  round: 1,
  revisedTo: hours(60),
  ...draft,
});
export const recordReturn = (draft: Draft<RecordReturn> = {}): RecordReturn => ({
  type: 'RecordReturn',
  at: hours(93),
  sequence: sequence(8),
  round: 1,
  department: 'works',
  isWithinHours: true,
  returnedAt: hours(3),
  returnedOn: '2026-03-02',
  ...draft,
});
export const recordReturnCharge = (draft: Draft<RecordReturnCharge> = {}): RecordReturnCharge => ({
  type: 'RecordReturnCharge',
  at: hours(94),
  sequence: sequence(9),
  round: 1,
  department: 'works',
  ...draft,
});
export const recordResolution = (draft: Draft<RecordResolution> = {}): RecordResolution => ({
  type: 'RecordResolution',
  at: hours(72),
  sequence: sequence(4),
  round: 1,
  department: 'works',
  outcome: 'fixed',
  onTime: false,
  resolvedAt: hours(72),
  resolvedOn: '2026-03-05',
  ...draft,
});
export const recordReopening = (draft: Draft<RecordReopening> = {}): RecordReopening => ({
  type: 'RecordReopening',
  at: hours(80),
  sequence: sequence(5),
  round: 2,
  isCorrection: false,
  reason: 'not_fixed',
  ...draft,
});

type FactOf<Type extends FactEvent['type']> = Extract<FactEvent, { readonly type: Type }>;

/** The fact that a command of these fixtures leads to: all of the command's fields but its type. */
const fact =
  <Type extends FactEvent['type'], Command extends { readonly at: Instant; readonly type: string }>(
    type: Type,
    command: (draft?: Draft<Command>) => Command,
  ) =>
  (draft: Draft<Command> = {}): FactOf<Type> => {
    const { at, type: _type, ...data } = command(draft);
    return { type, at, data } as unknown as FactOf<Type>;
  };

export const submitted = fact('FactSubmitted', recordSubmission);
export const routed = fact('FactRouted', recordRouting);
export const promised = fact('FactPromised', recordPromise);
export const breached = fact('FactBreached', recordBreach);
export const excused = fact('FactExcused', recordExcuse);
export const milestone = fact('FactMilestone', recordMilestone);
export const revised = fact('FactRevised', recordRevision);
export const returned = fact('FactReturned', recordReturn);
export const returnCharged = fact('FactReturnCharged', recordReturnCharge);
export const resolved = fact('FactResolved', recordResolution);
export const reopened = fact('FactReopened', recordReopening);

// What the other contexts say.

/** The story of one case, as a test makes it up. */
export interface Life {
  readonly reference: string;
  readonly service: string;
  readonly submittedAt: Instant;
  readonly rounds: readonly LifeRound[];
}

export interface LifeRound {
  /** Who had it, one after the other; null for triage. */
  readonly departments: readonly (string | null)[];
  /** When the promise fell due, as it was moved; empty where none was made. */
  readonly due: readonly Instant[];
  readonly isBreached: boolean;
  /** Who had it when it was broken: the first of its departments, or the last. */
  readonly breachedWith: 'first' | 'last';
  /** When its breach was excused; null where it was not. Only what is breached can be excused. */
  readonly excused: 'before its end' | 'after its end' | null;
  /** Null while it is open: then it is the last round. */
  readonly end: { readonly at: Instant; readonly outcome: string } | null;
}

/** Who had the case when the round ended, or has it now. */
export const departmentIn = ({ rounds }: Life, round: number): string | null =>
  rounds
    .slice(0, round)
    .flatMap(({ departments }) => departments)
    .at(-1) ?? null;

/** Who had the case when the promise of a round was broken. */
export const breachedIn = (life: Life, round: number): string | null => {
  const { departments, breachedWith } = life.rounds[round - 1] as LifeRound;
  return breachedWith === 'first' && departments[0] !== undefined ? departments[0] : departmentIn(life, round);
};

/** What intake and what routing tell of it, each in its order. */
export function tellings(life: Life): { readonly intake: readonly PublicEvent[]; readonly routing: readonly PublicEvent[] } {
  const routing: PublicEvent[] = [];
  let time = life.submittedAt;
  const tell = (type: string, data: object): void => void routing.push(publicEvent(life.reference, type, time, routing.length, data));
  life.rounds.forEach(({ departments, due, isBreached, breachedWith, excused: excusedWhen, end }, index) => {
    const round = index + 1;
    if (round > 1) tell(CASE_REOPENED, { round });
    const [first, ...others] = departments;
    if (first !== undefined) tell(CASE_ROUTED, { round, department: first });
    due.forEach((dueAt, moves) =>
      tell(moves === 0 ? PROMISE_MADE : PROMISE_MOVED, { round, dueAt, ...(moves === 0 && { department: first }) }),
    );
    const breach = (): void => {
      if (isBreached && due.length > 0) tell(PROMISE_BREACHED, { round, department: breachedIn(life, round), dueAt: due.at(-1) });
    };
    if (breachedWith === 'first') breach();
    for (const department of others) tell(CASE_ROUTED, { round, department });
    if (breachedWith === 'last') breach();
    const excuse = (): void => tell(PROMISE_EXCUSED, { round, department: departmentIn(life, round), reason: 'other_agency' });
    const isExcused = isBreached && due.length > 0;
    if (isExcused && excusedWhen === 'before its end') excuse();
    if (end === null) return;
    time = end.at;
    tell(CASE_RESOLVED, {
      round,
      outcome: end.outcome,
      department: departmentIn(life, round),
      onTime: due.length === 0 ? null : !isBreached,
    });
    if (isExcused && excusedWhen === 'after its end') excuse();
  });
  return { intake: [publicEvent(life.reference, REQUEST_SUBMITTED, life.submittedAt, 0, { service: life.service })], routing };
}

const publicEvent = (subject: string, type: string, time: Instant, count: number, data: object): PublicEvent => ({
  specversion: '1.0',
  id: `${subject}-${type}-${count}`,
  source: `/onedoor/${type.split('.')[2]}`,
  type,
  subject,
  time,
  datacontenttype: 'application/json',
  sequence: sequence(count),
  correlationid: subject,
  causationid: `${subject}-${count}`,
  jurisdiction: 'testville',
  data,
});

/** Handles public events one after the other, each as a message of its own; those without a reaction are skipped. */
export async function hear(store: EventStore, events: readonly PublicEvent[]): Promise<void> {
  const executor = new Executor(store, 'testville');
  let count = 0;
  for (const event of events) {
    for (const { id, command } of reactToPublic(event)) {
      const answer = await executor.execute(FACT, id, await commandOf(command as WantFact, event), {
        commandId: `delivery-${count++}`,
        actor: { role: 'system', id: 'analytics' },
        correlationId: event.correlationid,
        recordedAt: event.time,
      });
      if (answer.outcome === 'rejected') throw new Error(answer.code);
    }
  }
}

/** The command that the context's handler makes of a reaction. */
async function commandOf({ type, ...body }: WantFact, { subject, time: at }: PublicEvent): Promise<FactCommand> {
  const definition = Object.values(FACT_COMMANDS.commands).find((each) => each.type === type);
  if (definition?.prepare === undefined) return { type, at, ...body } as FactCommand;
  const asked = { id: subject, body: body as never, at, by: null, client: null, isPreview: false, state: null as never };
  return (await definition.prepare(asked, { zone: () => Promise.resolve(ZONE) })) as FactCommand;
}
