import { setTimeout as pause } from 'node:timers/promises';
import type { PublicEvent } from '@onedoor/contracts';
import { TRIAL_SERVICES, type TrialDepartment } from '../../src/cluster/trial-city.js';
import { serverSentEvents } from '../../src/work-stream.js';
import { readMail } from './mail-text.js';
import { STORY_KEY, type StoryCity } from './story-city.js';

interface SeenCase {
  readonly etag: string;
  readonly status: string;
  readonly department: string | null;
  readonly round: number;
  readonly dueAt: string | null;
  readonly breachedAt: string | null;
}

/** A row of a queue, in the words of a department's events. */
export interface QueuedCase {
  readonly reference: string;
  readonly dueAt: string | null;
  readonly revisedTo: string | null;
  readonly legDueAt: string | null;
  readonly isPaused: boolean;
  readonly isLegPaused: boolean;
}

/** The replay of a request as the auditor gets it. */
interface Replay {
  readonly timeline: readonly { readonly summary: string; readonly stream: string; readonly recordedAt: string; readonly actor: string }[];
  readonly states: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
}

type Who = 'router' | 'auditor' | 'analyst' | `department:${string}`;

const WAIT_MAX_MS = 60_000;
const POLL_MS = 50;

/** The actions of residents and staff over HTTP. Steps that depend on asynchronous work poll for it, at most WAIT_MAX_MS. */
export class People {
  constructor(private readonly city: StoryCity) {}

  /** A resident submits a report by Open311; returns its reference. */
  async report(department: TrialDepartment, follower: { readonly email: string; readonly language: string } | null): Promise<string> {
    const body = new URLSearchParams({
      api_key: STORY_KEY,
      service_code: TRIAL_SERVICES[department],
      address_string: '1 Example Street',
      ...(follower && { email: follower.email }),
    });
    const headers = { ...(follower && { 'accept-language': follower.language }) };
    const answer = await fetch(this.city.urlOf('/open311/v2/requests.json'), { method: 'POST', body, headers });
    const [row] = (await expectOk(answer)) as readonly { readonly service_request_id: string }[];
    if (row === undefined) throw new Error('A report has a reference');
    return row.service_request_id;
  }

  async open311(reference: string): Promise<Readonly<Record<string, unknown>>> {
    const [row] = (await expectOk(await fetch(this.city.urlOf(`/open311/v2/requests/${reference}.json`)))) as readonly Readonly<
      Record<string, unknown>
    >[];
    return row ?? {};
  }

  /** Waits until a member of staff sees the case in the expected state. */
  sees(who: Who, reference: string, holds: (seen: SeenCase) => boolean): Promise<SeenCase> {
    return this.waitFor(`${who} sees ${reference}: ${holds.toString()}`, async () => {
      const answer = await this.get(who, `/api/v1/cases/${reference}`);
      if (answer.status === 404) return null;
      const body = (await expectOk(answer)) as Omit<SeenCase, 'etag'>;
      const seen = { ...body, etag: answer.headers.get('etag') ?? '' };
      return holds(seen) ? seen : null;
    });
  }

  /** Executes an action on a case in its current state; returns its new state. */
  async act(who: Who, reference: string, action: string, body: object | null = null): Promise<SeenCase> {
    const { etag } = await this.sees(who, reference, () => true);
    const answer = await fetch(this.city.urlOf(`/api/v1/cases/${reference}/${action}`), {
      method: 'POST',
      headers: { authorization: this.city.bearers(who), 'if-match': etag, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { ...((await expectOk(answer)) as SeenCase), etag: answer.headers.get('etag') ?? '' };
  }

  async queue(who: Who, path: string): Promise<readonly QueuedCase[]> {
    return (await expectOk(await this.get(who, path))) as readonly QueuedCase[];
  }

  async isQueued(who: Who, path: string, reference: string): Promise<boolean> {
    return (await this.queue(who, path)).some((row) => row.reference === reference);
  }

  /** The whole history, or what was known of it at an instant. */
  async replay(reference: string, asOf?: string): Promise<Replay> {
    const query = asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`;
    return (await expectOk(await this.get('auditor', `/api/v1/audit/requests/${reference}${query}`))) as Replay;
  }

  async figures(from: string, to: string): Promise<unknown> {
    return expectOk(await this.get('analyst', `/api/v1/figures?from=${from}&to=${to}&by=department`));
  }

  /** The events on a department's stream of server-sent events, from `lastEventId` until the condition holds. */
  async work(
    department: string,
    holds: (events: readonly PublicEvent[]) => boolean,
    lastEventId = '0',
  ): Promise<readonly { readonly id: string; readonly event: PublicEvent }[]> {
    const ending = new AbortController();
    const timeout = setTimeout(() => ending.abort(new Error(`The stream of ${department} did not have the expected events`)), WAIT_MAX_MS);
    const events: { id: string; event: PublicEvent }[] = [];
    try {
      const headers = { authorization: this.city.bearers(`department:${department}`), 'last-event-id': lastEventId };
      const answer = await fetch(this.city.urlOf(`/api/v1/departments/${department}/work`), { headers, signal: ending.signal });
      if (answer.body === null || !answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
      for await (const completed of serverSentEvents(answer.body)) {
        for (const { id, data } of completed) if (id !== null && data !== null) events.push({ id, event: JSON.parse(data) as PublicEvent });
        if (holds(events.map(({ event }) => event))) return events;
      }
      throw new Error(`The stream of ${department} ended`);
    } finally {
      clearTimeout(timeout);
      ending.abort();
    }
  }

  /** The texts of the messages to one address, once there are `count` of them. */
  mails(address: string, count: number): Promise<readonly string[]> {
    return this.waitFor(`${count} messages to ${address}`, async () => {
      const texts = this.city.mail.map(readMail).filter(({ to }) => to.includes(address));
      return texts.length >= count ? texts.map(({ text }) => text) : null;
    });
  }

  /** Polls until `look` returns something. */
  async waitFor<Found>(what: string, look: () => Promise<Found | null>): Promise<Found> {
    const deadline = performance.now() + WAIT_MAX_MS;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (performance.now() > deadline) throw new Error(`Not within ${WAIT_MAX_MS} ms: ${what}`);
      await pause(POLL_MS);
    }
  }

  private get(who: Who, path: string): Promise<Response> {
    return fetch(this.city.urlOf(path), { headers: { authorization: this.city.bearers(who) } });
  }
}

async function expectOk(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} by ${answer.url}: ${text}`);
  return JSON.parse(text);
}
