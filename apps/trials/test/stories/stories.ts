import { WORK_DUE_CHANGED, WORK_ROUTED, type PublicEvent } from '@onedoor/contracts';
import { DAY_MS, HOUR_MS } from '@onedoor/kernel';
import { TRIAL_PAUSE } from '../../src/cluster/trial-city.js';
import { People, type QueuedCase } from './people.js';
import { TARGET_MINUTES, type StoryCity } from './story-city.js';

/** End-to-end stories over HTTP alone: the same for one process and for one a service. */
export function stories(name: string, open: () => Promise<StoryCity>): void {
  describe(`a city on ${name}`, () => {
    let city: StoryCity;
    let people: People;
    /** A request that is reported first and never worked on, so that its promise is breached in the end. */
    let unhandled: string;
    let unhandledSince: string;

    beforeAll(async () => {
      city = await open();
      people = new People(city);
      unhandled = await people.report('parks', null);
      unhandledSince = (await people.replay(unhandled)).timeline[0]?.recordedAt ?? '';
    }, 180_000);
    afterAll(() => city.close(), 60_000);

    it('a report is taken up, worked on and fixed, and its follower gets mail in English', async () => {
      const email = 'ada@example.org';
      const reference = await people.report('streets', { email, language: 'en-US' });
      await people.sees('department:streets', reference, ({ dueAt }) => dueAt !== null);
      for (const [action, body] of [
        ['accept', null],
        ['assign', { assignee: 'crew-7' }],
        ['start', null],
      ] as const)
        await people.act('department:streets', reference, action, body);
      await people.act('department:streets', reference, 'resolve', { outcome: 'fixed', note: 'Filled with hot mix' });
      await people.waitFor('the resident sees it closed', async () =>
        (await people.open311(reference))['status'] === 'closed' ? true : null,
      );
      const [received, promised, done] = await people.mails(email, 3);
      expect(received).toContain('We received your request about “Service of streets”');
      expect(promised).toContain('will be done by');
      expect(done).toContain('It was fixed.');
    });

    it('a misrouted case is returned, charged to 311, and transferred to the right department', async () => {
      const reference = await people.report('streets', null);
      await people.sees('department:streets', reference, ({ status }) => status === 'queued');
      const returned = await people.act('department:streets', reference, 'return', { reason: 'wrong_department' });
      expect(returned).toMatchObject({ status: 'triage', department: null });
      await people.waitFor('it waits in triage', async () =>
        (await people.isQueued('router', '/api/v1/triage/queue', reference)) ? true : null,
      );
      await people.act('router', reference, 'transfer', { department: 'sanitation', reason: 'wrong_department' });
      await people.sees(
        'department:sanitation',
        reference,
        ({ department, dueAt }) => department === 'sanitation' && dueAt === returned.dueAt,
      );
      await people.act('department:sanitation', reference, 'resolve', { outcome: 'fixed' });
      const of = (type: string) => (events: readonly PublicEvent[]) =>
        events.some((event) => event.subject === reference && event.type.includes(type));
      const ofStreets = await people.work('streets', of('work.withdrawn'));
      const ofSanitation = await people.work('sanitation', of('work.finished'));
      const typesOf = (events: readonly { readonly event: PublicEvent }[]) =>
        events.filter(({ event }) => event.subject === reference).map(({ event }) => event.type.split('.').at(-2));
      expect(typesOf(ofStreets)).toEqual(['routed', 'withdrawn']);
      expect(typesOf(ofSanitation)).toEqual(['routed', 'finished']);
      const { timeline } = await people.replay(reference);
      expect(timeline.map(({ summary }) => summary).join('\n')).toMatch(/charged to 311/);
    });

    it('work that waits for the resident moves the promise, and the resident is told in Spanish how to answer', async () => {
      const email = 'benita@example.org';
      const reference = await people.report('sanitation', { email, language: 'es-MX,es;q=0.9' });
      const before = await people.sees('department:sanitation', reference, ({ dueAt }) => dueAt !== null);
      await people.mails(email, 2);
      const expectedUntil = new Date(Date.parse(before.dueAt ?? '') + HOUR_MS).toISOString();
      await people.act('department:sanitation', reference, 'wait', { reason: TRIAL_PAUSE, expectedUntil });
      const [received, promised, waiting] = await people.mails(email, 3);
      await city.pass(TARGET_MINUTES / 20);
      const after = await people.act('department:sanitation', reference, 'resume');
      expect(Date.parse(after.dueAt ?? '')).toBeGreaterThan(Date.parse(before.dueAt ?? ''));
      expect(received).toContain('Recibimos su solicitud');
      expect(promised).toContain('estará lista a más tardar');
      const moves = await people.work('sanitation', (seen) => seen.filter(({ subject }) => subject === reference).length >= 5);
      expect(moves.filter(({ event }) => event.subject === reference).map(({ event }) => event.data)).toMatchObject([
        { dueAt: before.dueAt },
        { because: 'paused', clock: 'promise', dueAt: null, isPaused: true },
        { because: 'paused', clock: 'department', legDueAt: null, isLegPaused: true },
        { because: 'resumed', clock: 'promise', dueAt: after.dueAt, isPaused: false },
        { because: 'resumed', clock: 'department', dueAt: after.dueAt, isLegPaused: false },
      ]);
      // The new date itself is held for a quarter of an hour, for what may move it again.
      expect(waiting).toContain('Para responder, llame al 311');
    });

    it('a case that is not fixed is reopened, promised again and fixed', async () => {
      const email = 'carol@example.org';
      const reference = await people.report('streets', { email, language: 'en' });
      const first = await people.sees('department:streets', reference, ({ dueAt }) => dueAt !== null);
      await people.mails(email, 2);
      await people.act('department:streets', reference, 'resolve', { outcome: 'no_access' });
      await people.mails(email, 3);
      await people.act('router', reference, 'reopen', { reason: 'not_fixed' });
      const again = await people.sees('department:streets', reference, ({ round, dueAt }) => round === 2 && dueAt !== null);
      expect(Date.parse(again.dueAt ?? '')).toBeGreaterThan(Date.parse(first.dueAt ?? ''));
      await people.mails(email, 5);
      await people.act('department:streets', reference, 'resolve', { outcome: 'fixed' });
      await people.act('router', reference, 'close');
      const mails = await people.mails(email, 6);
      expect(mails[3]).toContain('is open again');
      expect(mails[5]).toContain('It was fixed.');
      await people.waitFor('the resident sees it closed', async () =>
        (await people.open311(reference))['status'] === 'closed' ? true : null,
      );
    });

    it('a disconnected department resumes its stream, and its queue is the sum of its stream', async () => {
      const mine = await people.report('sanitation', null);
      const events = await people.work('sanitation', (seen) => seen.some(({ subject }) => subject === mine));
      const middle = events[Math.floor(events.length / 2)];
      const later = await people.work('sanitation', (seen) => seen.some(({ subject }) => subject === mine), middle?.id ?? '0');
      expect(later).toEqual(events.slice(Math.floor(events.length / 2) + 1));
      const open = new Map<string, object>();
      for (const { event } of events) {
        if (event.type === WORK_ROUTED) open.set(event.subject, event.data as object);
        else if (event.type === WORK_DUE_CHANGED) open.set(event.subject, { ...open.get(event.subject), ...(event.data as object) });
        else open.delete(event.subject);
      }
      const datesOf = (rows: Iterable<readonly [string, object]>): string =>
        [...rows]
          .map(([reference, row]) => {
            const { dueAt, legDueAt, revisedTo = null, isPaused = false, isLegPaused = false } = row as Partial<QueuedCase>;
            return JSON.stringify([reference, dueAt, legDueAt, revisedTo, isPaused, isLegPaused]);
          })
          .sort()
          .join();
      await people.waitFor('its queue is the same', async () => {
        const queued = await people.queue('department:sanitation', '/api/v1/departments/sanitation/queue?limit=200');
        return datesOf(open) === datesOf(queued.map((row) => [row.reference, row])) ? true : null;
      });
    });

    it('a promise that is not kept is breached at its due instant, flagged, and counted', async () => {
      const { dueAt } = await people.sees('department:parks', unhandled, ({ dueAt: due }) => due !== null);
      await city.pass(Math.max(0.02, TARGET_MINUTES));
      const { breachedAt } = await people.sees('department:parks', unhandled, ({ breachedAt: breach }) => breach !== null);
      expect(breachedAt).toBe(dueAt);
      await people.waitFor('it is overdue in the queue', async () =>
        (await people.isQueued('department:parks', '/api/v1/departments/parks/queue?overdue=true', unhandled)) ? true : null,
      );
      const day = (instant: string) => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(Date.parse(instant));
      const to = day(new Date(Date.parse(dueAt ?? '') + DAY_MS).toISOString());
      await people.waitFor('it is counted as missed', async () => {
        const text = JSON.stringify(await people.figures(day(unhandledSince), to));
        return /"parks".{0,400}"missed":1/.test(text) ? true : null;
      });
    }, 240_000);

    it('the auditor replays a request as of five instants, without anything recorded later', async () => {
      const whole = await people.replay(unhandled);
      const recorded = [...new Set(whole.timeline.map(({ recordedAt }) => recordedAt))].sort();
      const moments = [
        new Date(Date.parse(recorded[0] ?? '') - 1).toISOString(),
        ...Array.from({ length: 4 }, (_, index) => recorded[Math.floor((index * (recorded.length - 1)) / 3)] ?? ''),
      ];
      for (const asOf of moments) {
        const then = await people.replay(unhandled, asOf);
        expect(then.timeline).toEqual(whole.timeline.filter(({ recordedAt }) => recordedAt <= asOf));
      }
      expect((await people.replay(unhandled, moments[0])).states['case']).toBeNull();
      expect((await people.replay(unhandled, moments[4])).states['case']).toMatchObject({ breachedAt: expect.any(String) });
    });
  });
}
