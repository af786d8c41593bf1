import type { PublicEvent } from '@onedoor/contracts';
import { TRIAL_PAUSE } from '../../src/cluster/trial-city.js';
import { People } from './people.js';
import { TARGET_MINUTES, type StoryCity } from './story-city.js';

/** What happens in a city, told over HTTP alone: the same in one process and in five. */
export function stories(name: string, open: () => Promise<StoryCity>): void {
  describe(`a city on ${name}`, () => {
    let city: StoryCity;
    let people: People;
    /** Reported first, and looked at last: meanwhile its promise breaks. */
    let forgotten: string;
    let forgottenSince: string;

    beforeAll(async () => {
      city = await open();
      people = new People(city);
      forgotten = await people.report('parks', null);
      forgottenSince = (await people.replay(forgotten)).timeline[0]?.recordedAt ?? '';
    }, 180_000);
    afterAll(() => city.close(), 60_000);

    it('a report is taken up, worked on and fixed, and its follower is told so in English', async () => {
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
      await people.until('the resident sees it closed', async () =>
        (await people.open311(reference))['status'] === 'closed' ? true : null,
      );
      const [received, promised, done] = await people.letters(email, 3);
      expect(received).toContain('We received your request about “Service of streets”');
      expect(promised).toContain('will be done by');
      expect(done).toContain('It was fixed.');
    });

    it('a misroute is returned, charged to 311, and transferred to whom it belongs', async () => {
      const reference = await people.report('streets', null);
      await people.sees('department:streets', reference, ({ status }) => status === 'queued');
      const returned = await people.act('department:streets', reference, 'return', { reason: 'wrong_department' });
      expect(returned).toMatchObject({ status: 'triage', department: null });
      await people.until('it waits in triage', async () =>
        (await people.queue('router', '/api/v1/triage/queue')).includes(reference) ? true : null,
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

    it('work that waits for the resident moves the promise, and the follower is told so in Spanish', async () => {
      const email = 'benita@example.org';
      const reference = await people.report('sanitation', { email, language: 'es-MX,es;q=0.9' });
      const before = await people.sees('department:sanitation', reference, ({ dueAt }) => dueAt !== null);
      await people.letters(email, 2);
      const expectedUntil = new Date(Date.parse(before.dueAt ?? '') + 3_600_000).toISOString();
      await people.act('department:sanitation', reference, 'wait', { reason: TRIAL_PAUSE, expectedUntil });
      await city.pass(TARGET_MINUTES / 20);
      const after = await people.act('department:sanitation', reference, 'resume');
      expect(Date.parse(after.dueAt ?? '')).toBeGreaterThan(Date.parse(before.dueAt ?? ''));
      const [received, promised, moved] = await people.letters(email, 3);
      expect(received).toContain('Recibimos su solicitud');
      expect(promised).toContain('estará lista a más tardar');
      expect(moved).toContain('cambió');
    });

    it('what is not fixed is reopened, promised anew and fixed', async () => {
      const email = 'carol@example.org';
      const reference = await people.report('streets', { email, language: 'en' });
      const first = await people.sees('department:streets', reference, ({ dueAt }) => dueAt !== null);
      await people.letters(email, 2);
      await people.act('department:streets', reference, 'resolve', { outcome: 'no_access' });
      await people.letters(email, 3);
      await people.act('router', reference, 'reopen', { reason: 'not_fixed' });
      const again = await people.sees('department:streets', reference, ({ round, dueAt }) => round === 2 && dueAt !== null);
      expect(Date.parse(again.dueAt ?? '')).toBeGreaterThan(Date.parse(first.dueAt ?? ''));
      await people.letters(email, 5);
      await people.act('department:streets', reference, 'resolve', { outcome: 'fixed' });
      await people.act('router', reference, 'close');
      const letters = await people.letters(email, 6);
      expect(letters[3]).toContain('is open again');
      expect(letters[5]).toContain('It was fixed.');
      await people.until('the resident sees it closed', async () =>
        (await people.open311(reference))['status'] === 'closed' ? true : null,
      );
    });

    it('a department that was cut off goes on where it was, and its queue is what its stream adds up to', async () => {
      const mine = await people.report('sanitation', null);
      const told = await people.work('sanitation', (events) => events.some(({ subject }) => subject === mine));
      const middle = told[Math.floor(told.length / 2)];
      const later = await people.work('sanitation', (events) => events.some(({ subject }) => subject === mine), middle?.id ?? '0');
      expect(later).toEqual(told.slice(Math.floor(told.length / 2) + 1, told.length));
      const open = new Set<string>();
      for (const { event } of told) {
        if (event.type.includes('work.routed')) open.add(event.subject);
        else open.delete(event.subject);
      }
      await people.until('its queue is the same', async () => {
        const queued = await people.queue('department:sanitation', '/api/v1/departments/sanitation/queue?limit=200');
        return [...open].sort().join() === [...queued].sort().join() ? true : null;
      });
    });

    it('a promise that nobody keeps is broken at its instant, flagged, and counted', async () => {
      const { dueAt } = await people.sees('department:parks', forgotten, ({ dueAt: due }) => due !== null);
      await city.pass(Math.max(0.02, TARGET_MINUTES));
      const { breachedAt } = await people.sees('department:parks', forgotten, ({ breachedAt: breach }) => breach !== null);
      expect(breachedAt).toBe(dueAt);
      await people.until('it is overdue in the queue', async () =>
        (await people.queue('department:parks', '/api/v1/departments/parks/queue?overdue=true')).includes(forgotten) ? true : null,
      );
      const day = (instant: string) => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(Date.parse(instant));
      const to = day(new Date(Date.parse(dueAt ?? '') + 86_400_000).toISOString());
      await people.until('it is counted as missed', async () => {
        const text = JSON.stringify(await people.figures(day(forgottenSince), to));
        return /"parks".{0,400}"missed":1/.test(text) ? true : null;
      });
    }, 240_000);

    it('the auditor replays a story as of five instants, and nothing known later is in them', async () => {
      const whole = await people.replay(forgotten);
      const recorded = [...new Set(whole.timeline.map(({ recordedAt }) => recordedAt))].sort();
      const moments = [
        new Date(Date.parse(recorded[0] ?? '') - 1).toISOString(),
        ...Array.from({ length: 4 }, (_, index) => recorded[Math.floor((index * (recorded.length - 1)) / 3)] ?? ''),
      ];
      for (const asOf of moments) {
        const then = await people.replay(forgotten, asOf);
        expect(then.timeline).toEqual(whole.timeline.filter(({ recordedAt }) => recordedAt <= asOf));
      }
      expect((await people.replay(forgotten, moments[0])).states['case']).toBeNull();
      expect((await people.replay(forgotten, moments[4])).states['case']).toMatchObject({ breachedAt: expect.any(String) });
    });
  });
}
