import type { Role } from '@onedoor/platform';
import { bearer } from './bearer.js';
import { openTestDoor, PROFILES, type TestDoor } from './support.js';

const MONDAY = '2026-11-23T15:00:00.000Z';

/** The product over HTTP, and the callers of it. */
export interface Hall {
  readonly door: TestDoor;
  as(role: Role, department?: string): Promise<string>;
  /** A report that has reached its department. */
  report(service: string, fields?: object): Promise<string>;
  read(reference: string, who: string): Promise<Answer>;
  /** With the ETag that the case has now, unless another is given. */
  act(reference: string, action: string, who: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  types(reference: string): Promise<string[]>;
}

interface Answer {
  readonly status: number;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  // What a body holds is what the specs are about.
  readonly body: Record<string, unknown> & { readonly position: string };
}

export async function openHall(profile: (typeof PROFILES)[number]): Promise<Hall> {
  const door = await openTestDoor(profile, MONDAY);
  const bearers = new Map<string, Promise<string>>();
  const as = (role: Role, department: string | null = null): Promise<string> => {
    const who = `${role} ${department}`;
    const known = bearers.get(who) ?? bearer(door.app, role, department);
    bearers.set(who, known);
    return known;
  };
  const answerOf = ({
    status,
    headers,
    body,
  }: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: Answer['body'];
  }): Answer => ({ status, headers, body, etag: headers['etag'] ?? '' });
  const read = async (reference: string, who: string): Promise<Answer> =>
    answerOf(await door.http().get(`/api/v1/cases/${reference}`).set('authorization', who));
  return {
    door,
    as,
    async report(service, fields = {}) {
      const { body } = await door
        .http()
        .post('/open311/v2/requests.json')
        .type('form')
        .send({ api_key: 'demo-key', service_code: service, address_string: 'Main & First', ...fields })
        .expect(200);
      await door.settle();
      return body[0].service_request_id as string;
    },
    read,
    async act(reference, action, who, body, headers = {}) {
      const etag = headers['if-match'] ?? (await read(reference, await as('router'))).etag;
      const post = door
        .http()
        .post(`/api/v1/cases/${reference}/${action}`)
        .set({ authorization: who, 'if-match': etag, ...headers });
      return answerOf(await (body === undefined ? post : post.send(body)));
    },
    types: async (reference) => (await door.ports.store.read(`case-${reference}`, 0, 100)).map(({ type }) => type),
  };
}
