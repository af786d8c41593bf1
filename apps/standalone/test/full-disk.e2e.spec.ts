import { openSqlite } from '@onedoor/adapters';
import type { OpenService } from '@onedoor/composition';
import { readConfig, type Config } from '@onedoor/platform';
import { smallDisk, until } from '@onedoor/testkit';
import { openStandalone } from '../src/standalone.js';

const DISK_BYTES = 24 * 1024 * 1024;
/** More than fit into what the files had allocated before. */
const REPORTS_MOST = 2_000;

const disk = smallDisk(DISK_BYTES);

(disk === null ? describe.skip : describe)('the product on a disk that is full', () => {
  const place = disk ?? { folder: '', fill: () => undefined, makeRoom: () => undefined, unmount: () => undefined };
  const data = `${place.folder}/data`;
  let service: OpenService;
  afterAll(() => place.unmount());

  const report = (): Promise<Response> =>
    fetch(`${service.url}/open311/v2/requests.json`, {
      method: 'POST',
      body: new URLSearchParams({
        api_key: 'demo-key',
        service_code: 'pothole',
        address_string: 'Main & First',
        description: 'x'.repeat(3_900),
      }),
    });
  const referenceIn = async (answer: Response): Promise<string> =>
    ((await answer.json()) as [{ readonly service_request_id: string }])[0].service_request_id;
  const isShown = async (reference: string): Promise<boolean> =>
    (await fetch(`${service.url}/open311/v2/requests/${reference}.json`)).status === 200;

  it('answers 503 with Retry-After to what is written, goes on reading, and heals by itself', async () => {
    service = await openStandalone(
      readConfig({
        PORT: '0',
        ONEDOOR_DATA: data,
        ONEDOOR_LOG: 'silent',
        ONEDOOR_RATE_LIMIT: 'off',
        ONEDOOR_DEMO: 'on',
        ONEDOOR_DEMO_CASES: '0',
        ONEDOOR_DEMO_DRIP_SECONDS: '0',
      }) as Config,
    );
    const answered = [await referenceIn(await report())];
    place.fill();
    let refusal: Response | null = null;
    for (let index = 0; refusal === null && index < REPORTS_MOST; index++) {
      const answer = await report();
      if (answer.status === 200) answered.push(await referenceIn(answer));
      else refusal = answer;
    }
    expect([refusal?.status, Number(refusal?.headers.get('retry-after')) > 0]).toEqual([503, true]);
    expect(await isShown(answered[0] ?? '')).toBe(true);
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200);

    place.makeRoom();
    await until(async () => {
      const answer = await report();
      if (answer.status === 200) answered.push(await referenceIn(answer));
      return answer.status === 200;
    });
    expect((await Promise.all(answered.map(isShown))).filter((isThere) => !isThere)).toEqual([]);
    await service.close();

    const reading = await openSqlite(data, { readOnly: true });
    const events = await Promise.all(answered.map((reference) => reading.store.read(`request-${reference}`, 0, 1)));
    expect(events.filter(({ length }) => length === 0)).toEqual([]);
    await reading.close();
  });
});
