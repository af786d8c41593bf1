import { NOTIFICATIONS_TOPIC, INTAKE_TOPIC, ROUTING_TOPIC, workTopic } from '@onedoor/contracts';
import type { Sealed } from '@onedoor/engine';
import { HOUR_MS } from '@onedoor/kernel';
import { messagesOf } from '@onedoor/testkit';
import { TRIAL_DEPARTMENTS, TRIAL_PAUSE } from '../src/cluster/trial-city.js';
import { cityInOneProcess, DATA, type CityInOneProcess } from './stories/one-process.js';
import { People } from './stories/people.js';
import { STORY_KEY } from './stories/story-city.js';

/** A unique value for every field with personal data, so that a leaked value identifies its field. */
const CANARIES = {
  first_name: 'Zebulonfirst',
  last_name: 'Quxlastname',
  email: 'zebulon.quxlast@example.org',
  phone: '617-555-0199',
  device_id: 'device-canary-4711',
  account_id: 'account-canary-0815',
} as const;
const STORY = 'canarystory: my mother Brunhilde fell here';
const NOTE = 'canarynote: spoke to Brunhilde at her door';
const SECRETS = ['canarypassword-of-the-desk'];
const ALL = [...Object.values(CANARIES), 'canarystory', 'canarynote', 'Brunhilde', ...SECRETS];

const canariesIn = (text: string): readonly string[] => ALL.filter((canary) => text.includes(canary));

describe('personal data', () => {
  let city: CityInOneProcess;
  let people: People;
  let reference: string;
  /** All answers to requests without a session, and all refusals. */
  const answers: string[] = [];

  const ask = async (path: string, init: RequestInit = {}): Promise<string> => {
    const answer = await fetch(city.urlOf(path), init);
    const text = [answer.status, ...[...answer.headers].flat(), await answer.text()].join('\n');
    answers.push(text);
    return text;
  };
  const json = (body: object, who?: 'router'): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(who && { authorization: city.bearers(who), 'if-match': '"1"' }) },
    body: JSON.stringify(body),
  });

  beforeAll(async () => {
    city = await cityInOneProcess(DATA.sqlite);
    people = new People(city);
    const fields = { api_key: STORY_KEY, service_code: 'pothole', address_string: '1 Example Street', description: STORY, ...CANARIES };
    const posted = await fetch(city.urlOf('/open311/v2/requests.json'), { method: 'POST', body: new URLSearchParams(fields) });
    [{ service_request_id: reference }] = (await posted.json()) as [{ service_request_id: string }];
    await people.mails(CANARIES.email, 2);
    await people.act('department:streets', reference, 'wait', {
      reason: TRIAL_PAUSE,
      expectedUntil: new Date(Date.now() + HOUR_MS).toISOString(),
      note: NOTE,
    });
    // A wait that is over before anyone was told of it is not told.
    await people.mails(CANARIES.email, 3);
    await people.act('department:streets', reference, 'resume');
    await people.act('department:streets', reference, 'return', { reason: 'wrong_department', note: NOTE });
    await people.act('router', reference, 'transfer', { department: 'parks', reason: 'wrong_department' });
    await people.act('department:parks', reference, 'resolve', { outcome: 'fixed', note: NOTE });
    await people.mails(CANARIES.email, 4);
  }, 60_000);
  afterAll(() => city.close());

  it('reaches its recipients, without which the other tests would prove nothing', async () => {
    expect(canariesIn(city.mail.join('\n'))).toContain(CANARIES.email);
    const [first] = await city.ports.store.read(`request-${reference}`, 0, 1);
    const { contact } = first?.data as { readonly contact: Sealed };
    expect(await city.ports.vault.openContact(reference, contact, 'notify')).toMatchObject({
      firstName: CANARIES.first_name,
      phone: CANARIES.phone,
    });
    expect(String((await people.open311(reference))['description'])).toBe(STORY);
  });

  it('is in no public answer, except the description that Open311 shows', async () => {
    for (const path of [
      '/',
      '/open311/v2/requests.json',
      '/open311/v2/requests.xml',
      `/open311/v2/requests/${reference}.json`,
      '/open311/v2/services.json',
      '/healthz',
      '/readyz',
      '/metrics',
      '/outbox',
      `/outbox/${reference}.1`,
    ]) {
      const shown = canariesIn(await ask(path)).filter(
        (canary) => !path.startsWith('/open311/') || !['canarystory', 'Brunhilde'].includes(canary),
      );
      expect([path, shown]).toEqual([path, []]);
    }
  });

  it('is in no answer that refuses it', async () => {
    const refused = [
      await ask('/open311/v2/requests.json', {
        method: 'POST',
        body: new URLSearchParams({ ...CANARIES, description: STORY, service_code: 'none' }),
      }),
      await ask('/open311/v2/requests.json', {
        method: 'POST',
        body: new URLSearchParams({ ...CANARIES, description: STORY, api_key: STORY_KEY, service_code: 'pothole', lat: 'Brunhilde' }),
      }),
      await ask('/open311/v2/requests.json', {
        method: 'POST',
        body: new URLSearchParams({
          ...CANARIES,
          email: 'canarystory no address',
          api_key: STORY_KEY,
          service_code: 'pothole',
          address_string: 'x',
        }),
      }),
      await ask('/api/v1/sessions', json({ account: 'streets-desk', password: SECRETS[0] })),
      await ask('/api/v1/sessions', json({ account: STORY, password: SECRETS[0], more: NOTE })),
      await ask(`/api/v1/cases/${reference}/resolve`, json({ outcome: NOTE, note: NOTE }, 'router')),
      await ask(`/api/v1/cases/${reference}/resolve`, json({ outcome: 'fixed', note: NOTE, extra: STORY }, 'router')),
      await ask(`/api/v1/cases/${reference}/assign`, json({ assignee: CANARIES.email }, 'router')),
      await ask(`/api/v1/cases/${reference}/wait`, json({ reason: `${CANARIES.email}!`, expectedUntil: NOTE }, 'router')),
    ];
    expect(refused.filter((text) => !text.startsWith('4'))).toEqual([]);
    expect(refused.map(canariesIn).filter((found) => found.length > 0)).toEqual([]);
  });

  it('is on no topic', async () => {
    const topics = [INTAKE_TOPIC, ROUTING_TOPIC, NOTIFICATIONS_TOPIC, ...TRIAL_DEPARTMENTS.map(workTopic)];
    const messages = await messagesOf(city.ports.bus, topics, 'canary');
    expect(messages.length).toBeGreaterThan(10);
    expect(canariesIn(JSON.stringify(messages))).toEqual([]);
  });

  it('is nowhere in the event log in clear text', async () => {
    const events: unknown[] = [];
    for await (const next of city.ports.store.subscribe({ after: null, signal: new AbortController().signal })) {
      if (next.kind === 'caught-up') break;
      events.push(...next.events);
    }
    expect(JSON.stringify(events)).toContain(reference);
    expect(canariesIn(JSON.stringify(events))).toEqual([]);
  });

  it('is in no read model in clear text', async () => {
    const { REQUEST_STATUS } = await import('@onedoor/intake');
    const { CASE_OVERVIEW } = await import('@onedoor/routing');
    const { NOTIFICATION_LEDGER, PENDING_NOTIFICATIONS } = await import('@onedoor/notifications');
    for (const { collection } of [REQUEST_STATUS, CASE_OVERVIEW, NOTIFICATION_LEDGER, PENDING_NOTIFICATIONS]) {
      for await (const page of city.ports.readModels.scan(collection)) expect(canariesIn(JSON.stringify(page))).toEqual([]);
    }
  });

  it("is not in what staff read of a case's work, nor in the auditor's replay, where it stays sealed", async () => {
    const replayed = JSON.stringify(await people.replay(reference));
    expect(replayed).toContain('CaseResolved');
    expect(canariesIn(replayed)).toEqual([]);
    expect(canariesIn(JSON.stringify(await people.work('parks', (events) => events.length > 1)))).toEqual([]);
  });

  it('is in no line of the log, and no route is logged by its URL', () => {
    expect(city.noticed.length).toBeGreaterThan(20);
    expect(canariesIn(city.noticed.join('\n'))).toEqual([]);
    expect(city.noticed.filter((line) => line.includes('"route"') && line.includes(reference))).toEqual([]);
  });
});
