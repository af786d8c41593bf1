import fc from 'fast-check';
import type { Projected } from '@onedoor/engine';
import {
  hours,
  recordClosing,
  recordPause,
  recordPromise,
  recordReopening,
  recordResume,
  recordRouting,
  submit,
} from '../../test/intake.fixtures.js';
import type { ServiceRequestCommand } from './command.js';
import { serviceRequestDecider } from './decider.js';
import type { ServiceRequestEvent } from './events.js';
import { REQUEST_STATUS, type RequestStatus } from './request-status.js';

const project = (events: readonly ServiceRequestEvent[]): RequestStatus | null =>
  events
    .map(
      (event, revision) =>
        ({ ...event, stream: 'request-9AN03NQK8NE', revision, position: String(revision) }) as unknown as Projected<ServiceRequestEvent>,
    )
    .reduce<RequestStatus | null>((document, event) => REQUEST_STATUS.evolve(document, event), null);

const decide = (commands: readonly ServiceRequestCommand[]): readonly ServiceRequestEvent[] => {
  const events: ServiceRequestEvent[] = [];
  for (const command of commands) {
    const decision = serviceRequestDecider.decide(command, events.reduce(serviceRequestDecider.evolve, serviceRequestDecider.initial));
    if (decision.outcome === 'accepted') events.push(...decision.events);
  }
  return events;
};

const commands = fc.array(
  fc
    .tuple(
      fc.constantFrom('routing', 'promise', 'pause', 'pause', 'resume', 'closing', 'reopening'),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 4 }),
    )
    .map(([kind, round, number]) => {
      const at = hours(number);
      if (kind === 'routing') return recordRouting({ at, round, department: number === 4 ? null : `department ${number}` });
      if (kind === 'promise') return recordPromise({ at, round, dueAt: hours(100 + number) });
      if (kind === 'pause') return recordPause({ at, round, reason: `reason ${number}`, by: number < 3 ? 'case' : 'promise' });
      if (kind === 'resume') return recordResume({ at, round });
      return kind === 'closing' ? recordClosing({ at, round }) : recordReopening({ at, round });
    }),
);

describe('a request as it is shown', () => {
  it('says what the request knows, whatever it was told', () => {
    fc.assert(
      fc.property(commands, (told) => {
        const events = decide([submit(), ...told]);
        const state = events.reduce(serviceRequestDecider.evolve, serviceRequestDecider.initial);
        if (!state.exists) throw new Error('every story begins with a submission');
        const { status, round, department, promisedBy, pausedFor, outcome, submittedAt } = state;
        const shown = { status, round, department, promisedBy, pausedFor, outcome, submittedAt };
        expect(project(events)).toMatchObject({ ...shown, updatedAt: events.at(-1)?.at });
      }),
    );
  });

  it('says when it was closed, until it is open again', () => {
    const closed = [submit(), recordClosing({ at: hours(2) })];
    expect(project(decide(closed))).toMatchObject({ round: 1, closedAt: hours(2) });
    expect(project(decide([...closed, recordReopening({ at: hours(3) })]))).toMatchObject({ round: 2, closedAt: null });
  });

  it('says that the city waits for the resident until that is over, also where the promise moves meanwhile', () => {
    const waiting = [submit(), recordPromise(), recordPause({ by: 'case' }), recordPromise({ dueAt: hours(80) })];
    expect(project(decide(waiting))).toMatchObject({ promisedBy: hours(80), pausedFor: 'waiting for the resident' });
    expect(project(decide([...waiting, recordResume()]))).toMatchObject({ promisedBy: hours(80), pausedFor: null });
  });

  it('is listed for everyone only where it is public', () => {
    expect(project(decide([submit({ visibility: 'public' })]))).toMatchObject({ isListed: true });
    expect(project(decide([submit({ visibility: 'private' })]))).toMatchObject({ isListed: false });
  });

  it('keeps free text sealed, and where it came from in one word', () => {
    expect(project(decide([submit({ description: { sealed: 'abc' }, source: { system: 'old-311', id: '42' } })]))).toMatchObject({
      description: { sealed: 'abc' },
      source: 'old-311:42',
    });
    expect(project(decide([submit({ description: null })]))).toMatchObject({ description: null, source: null });
  });
});
