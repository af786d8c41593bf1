import { CASE_STATUSES } from '@onedoor/contracts';
import type { AnyCommandSet } from '@onedoor/engine';
import { ROLES, type Role } from '@onedoor/kernel';
import { CASE_COMMANDS } from '@onedoor/routing';
import { openHall, type Hall } from './hall.js';

interface Action {
  readonly name: string;
  readonly refusal: { readonly code: string } | null;
}

const COMMANDS = Object.values((CASE_COMMANDS as unknown as AnyCommandSet).commands).filter(({ roles }) => roles.length > 0);

/** The commands that lead to each status, as their examples say them but for the department. */
const STORIES: Readonly<Record<string, readonly string[]>> = {
  triage: ['return'],
  queued: [],
  'queued, accepted': ['accept'],
  assigned: ['assign'],
  in_progress: ['start'],
  waiting: ['wait'],
  resolved: ['resolve'],
  closed: ['resolve', 'close'],
  'queued, again': ['resolve', 'reopen'],
};

describe('the actions that a case answers with', () => {
  let hall: Hall;
  beforeAll(async () => {
    hall = await openHall('memory');
  });
  // Every answer is held to docs/openapi.yaml there, the codes of refusals included.
  afterAll(() => hall.door.close());

  /** Which of the commands are refused to a role by which code: in a preview, which changes nothing. */
  async function answered(
    reference: string,
    edition: number,
    who: string,
    commands = COMMANDS,
  ): Promise<readonly (readonly [name: string, code: string | null])[]> {
    return Promise.all(
      commands.map(async ({ name, body, example }) => {
        const sent = await hall.door
          .http()
          .post(`/api/v1/cases/bulk/${name}/preview`)
          .set('authorization', who)
          .send({ ...(Object.keys(example).length > 0 && { body: example }), items: [{ id: reference, edition }] });
        if (sent.status !== 200) return [name, String(sent.body.code)] as const;
        const [{ status, code = null }] = sent.body as readonly [{ readonly status: number; readonly code?: string }];
        expect([name, body.name, status === 200]).toEqual([name, body.name, code === null]);
        return [name, code] as const;
      }),
    );
  }

  it('are tried in every status', () => {
    expect(CASE_STATUSES.filter((status) => !Object.keys(STORIES).some((story) => story.startsWith(status)))).toEqual([]);
  });

  it.each(Object.entries(STORIES))('are what the commands answer, for every role: %s', async (story, commands) => {
    const streets = await hall.as('department', 'streets');
    const reference = await hall.report('pothole');
    for (const name of commands) {
      const example = COMMANDS.find((each) => each.name === name)?.example ?? {};
      const { status, body } = await hall.act(reference, name, streets, Object.keys(example).length > 0 ? example : undefined);
      expect([name, status, body['code']]).toEqual([name, 200, undefined]);
    }
    for (const role of ROLES) {
      const who = role === 'department' ? streets : await hall.as(role);
      const { status, body, etag } = await hall.read(reference, role === 'department' ? who : await hall.as('router'));
      // Out of the department's hands, it is answered as any other department's case.
      const isTheirs = status === 200 && story.startsWith(String(body['status']));
      const answers = await answered(reference, Number(etag.replaceAll('"', '')) || 1, who, mayAct(role) ? COMMANDS : COMMANDS.slice(0, 1));
      if (!isTheirs || !mayAct(role)) {
        for (const [, code] of answers) expect(['ROLE_NOT_ALLOWED', 'CASE_UNKNOWN']).toContain(code);
        continue;
      }
      const told = new Map((body['actions'] as readonly Action[]).map(({ name, refusal }) => [name, refusal?.code ?? null]));
      for (const [name, code] of answers)
        expect([role, name, told.has(name) ? told.get(name) : 'ROLE_NOT_ALLOWED']).toEqual([role, name, code]);
      // What is refused in a preview is refused by the command alone, with the same code.
      for (const [name, code] of answers.filter(([, each]) => each !== null)) {
        const example = COMMANDS.find((each) => each.name === name)?.example ?? {};
        const alone = await hall.act(reference, name, who, Object.keys(example).length > 0 ? example : undefined);
        expect([role, name, alone.body['code']]).toEqual([role, name, code]);
      }
    }
  });
});

const mayAct = (role: Role): boolean => COMMANDS.some(({ roles }) => roles.includes(role));
