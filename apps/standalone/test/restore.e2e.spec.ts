import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite, systemClock } from '@onedoor/adapters';
import { renewEmbedded, type OpenService } from '@onedoor/composition';
import { DEMO_PASSWORD } from '@onedoor/demo';
import { DamagedLog } from '@onedoor/engine';
import { readConfig, type Config } from '@onedoor/platform';
import { openStandalone } from '../src/standalone.js';
import { EventReader } from './event-reader.js';

const AFTER_BACKUP = 5;

describe('a log that was put back to an earlier backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-restore-'));
  const backup = join(folder, 'backup');
  const data = join(folder, 'data');
  let service: OpenService | null = null;
  afterAll(async () => {
    await service?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (): Promise<OpenService> =>
    (service = await openStandalone(
      readConfig({
        PORT: '0',
        ONEDOOR_DATA: data,
        ONEDOOR_LOG: 'silent',
        ONEDOOR_DEMO: 'on',
        ONEDOOR_DEMO_CASES: '0',
        ONEDOOR_DEMO_DRIP_SECONDS: '0',
      }) as Config,
    ));
  const close = async (): Promise<void> => {
    await service?.close();
    service = null;
  };

  async function report({ url }: OpenService): Promise<string> {
    const body = new URLSearchParams({ api_key: 'demo-key', service_code: 'pothole', address_string: 'Main & First' });
    const answer = await fetch(`${url}/open311/v2/requests.json`, { method: 'POST', body });
    const [{ service_request_id }] = (await answer.json()) as [{ readonly service_request_id: string }];
    return service_request_id;
  }

  const isKnown = async ({ url }: OpenService, reference: string): Promise<boolean> =>
    (await fetch(`${url}/open311/v2/requests/${reference}.json`)).status === 200;

  /** The work of the department that gets the reports, as its own desk follows it. */
  async function follower({ url }: OpenService): Promise<{ readonly path: string; readonly headers: Record<string, string> }> {
    const session = await fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'streets-desk', password: DEMO_PASSWORD }),
    });
    const { token } = (await session.json()) as { readonly token: string };
    return { path: `${url}/api/v1/departments/streets/work`, headers: { authorization: `Bearer ${token}` } };
  }

  it('refuses to start, goes on when it was renewed, and sends followers with an old position to begin anew', async () => {
    const before = await open();
    const kept = await report(before);
    const log = new DatabaseSync(join(data, 'log.db'), { readOnly: true });
    log.exec(`VACUUM INTO '${backup}'`);
    log.close();
    const lost: string[] = [];
    for (let index = 0; index < AFTER_BACKUP; index++) lost.push(await report(before));
    const first = await follower(before);
    const reader = await EventReader.open(first.path, { ...first.headers, 'last-event-id': '0' });
    await reader.first(1 + AFTER_BACKUP);
    reader.close();
    await close();
    copyFileSync(backup, join(data, 'log.db'));

    const refusal: unknown = await open().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DamagedLog);
    expect((refusal as Error).message).toMatch(
      /log\.db lacks \d+ events that were acknowledged.*`onedoor renew-incarnation --data .*data`$/,
    );

    const actor = { role: 'system', id: 'command-line' } as const;
    const renewed = await renewEmbedded({ folder: data, clock: systemClock, actor, jurisdiction: 'riverbend.example' });
    expect(renewed.lost).toBeGreaterThanOrEqual(AFTER_BACKUP);

    const after = await open();
    expect(await Promise.all([kept, ...lost].map((reference) => isKnown(after, reference)))).toEqual([true, ...lost.map(() => false)]);
    for (const _ of lost) await report(after);
    const again = await follower(after);
    const answer = await fetch(again.path, { headers: { ...again.headers, 'last-event-id': reader.lastId ?? '' } });
    expect([answer.status, ((await answer.json()) as { readonly code: string }).code]).toEqual([409, 'POSITION_VOID']);
    const anew = await EventReader.open(again.path, { ...again.headers, 'last-event-id': '0' });
    await anew.first(1 + AFTER_BACKUP);
    anew.close();
    await close();

    const reading = await openSqlite(data, { readOnly: true });
    const [event] = await reading.store.read('log-city', 0, 10);
    expect(event).toMatchObject({
      type: 'LogRenewed',
      data: { former: renewed.former, incarnation: renewed.incarnation, lost: renewed.lost },
      metadata: { actor },
    });
    await reading.close();
  });
});
