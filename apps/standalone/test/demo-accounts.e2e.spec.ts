import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '@onedoor/demo';
import { readConfig, SetUpRefused, type Config } from '@onedoor/platform';
import { openStandalone } from '../src/standalone.js';

describe('the accounts of the demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-demo-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const open = (demo: 'on' | 'off') =>
    openStandalone(
      readConfig({
        PORT: '0',
        ONEDOOR_DATA: folder,
        ONEDOOR_DEMO: demo,
        ONEDOOR_DEMO_CASES: '0',
        ONEDOOR_DEMO_DRIP_SECONDS: '0',
      }) as Config,
    );
  const post = (url: string, path: string, body: object, headers: Record<string, string> = {}, method = 'POST') =>
    fetch(`${url}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

  it('open a demo, one for each role and department, and nothing else', async () => {
    const demo = await open('on');
    try {
      const administrator = await signIn(demo.url, 'administrator');
      const desk = await signIn(demo.url, 'streets-desk');
      expect([administrator, desk]).toMatchObject([
        { role: 'administrator', department: null },
        { role: 'department', department: 'streets' },
      ]);
      expect(new Set(DEMO_ACCOUNTS.map(({ role }) => role)).size).toBe(5);
      // One that has a password of its own is no longer one to sign in by, but the others still are.
      const own = await post(
        demo.url,
        '/api/v1/accounts/streets-desk/password',
        { password: 'a door that opens slowly' },
        { authorization: `Bearer ${administrator.token}` },
        'PUT',
      );
      expect(own.status).toBe(204);
    } finally {
      await demo.close();
    }
    const refusal = await open('off').catch((error: Error) => error);
    expect(refusal).toBeInstanceOf(SetUpRefused);
    expect((refusal as Error).message).toMatch(/PASSWORD_PUBLISHED: .*administrator/);
    expect((refusal as Error).message).not.toContain('streets-desk');
  });

  it('are made once: a password that was changed stays changed', async () => {
    const demo = await open('on');
    try {
      expect((await post(demo.url, '/api/v1/sessions', { account: 'streets-desk', password: DEMO_PASSWORD })).status).toBe(401);
    } finally {
      await demo.close();
    }
  });

  async function signIn(
    url: string,
    account: string,
  ): Promise<{ readonly token: string; readonly role: string; readonly department: string | null }> {
    const answer = await post(url, '/api/v1/sessions', { account, password: DEMO_PASSWORD });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { token: string; role: string; department: string | null };
  }
});
