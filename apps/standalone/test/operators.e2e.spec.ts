import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openService, wholeProduct, type OpenService } from '@onedoor/composition';
import { readConfig, type Config } from '@onedoor/platform';

const TOKEN = 'o'.repeat(40);

/** A port that is free now. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

describe('what is for the operator of a process', () => {
  let folder: string;
  let service: OpenService | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'onedoor-operators-'));
  });
  afterEach(async () => {
    await service?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (settings: Readonly<Record<string, string>>): Promise<string> => {
    const environment = { PORT: '0', ONEDOOR_DATA: folder, ONEDOOR_LOG: 'silent', ONEDOOR_SESSION_KEY: 'k'.repeat(40), ...settings };
    service = await openService(wholeProduct(), readConfig(environment) as Config);
    return service.url;
  };
  const ask = async (url: string, path: string, token?: string): Promise<readonly [number, string]> => {
    const answer = await fetch(`${url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
    return [answer.status, await answer.text()];
  };
  const isDetailed = ([, text]: readonly [number, string]): boolean => text.includes('"workers"');

  it('is shown by a token, and to others only whether it is ready', async () => {
    const url = await open({ ONEDOOR_OPERATOR_TOKEN: TOKEN });
    expect((await ask(url, '/metrics', TOKEN))[1]).toContain('onedoor_alarms_total{message="worker stuck",urgency="now"} 0');
    expect(isDetailed(await ask(url, '/readyz', TOKEN))).toBe(true);
    for (const token of [undefined, 'p'.repeat(40)]) {
      expect(await ask(url, '/metrics', token)).toEqual([401, expect.stringContaining('OPERATORS_ONLY')]);
      expect(await ask(url, '/readyz', token)).toEqual([200, expect.stringMatching(/^\{"status":"[a-z, ]+"\}$/)]);
      expect((await ask(url, '/healthz', token))[0]).toBe(200);
    }
  });

  it('is shown on a port of its own, on this machine, which ends with the process', async () => {
    const port = await freePort();
    const url = await open({ ONEDOOR_OPERATOR_PORT: String(port) });
    const own = `http://127.0.0.1:${port}`;
    expect((await ask(own, '/metrics'))[0]).toBe(200);
    expect(isDetailed(await ask(own, '/readyz'))).toBe(true);
    expect([(await ask(url, '/metrics'))[0], isDetailed(await ask(url, '/readyz'))]).toEqual([401, false]);
    await service?.close();
    service = undefined;
    await expect(fetch(`${own}/metrics`)).rejects.toThrow();
  });

  it('is not shown where neither is set', async () => {
    const url = await open({});
    expect([(await ask(url, '/metrics'))[0], isDetailed(await ask(url, '/readyz'))]).toEqual([401, false]);
  });
});
