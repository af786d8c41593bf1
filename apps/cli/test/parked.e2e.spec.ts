import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueToken } from '@onedoor/access';
import { openSqlite, systemClock, systemEntropy } from '@onedoor/adapters';
import { openService, wholeProduct } from '@onedoor/composition';
import type { PublicEvent } from '@onedoor/contracts';
import { Consumer } from '@onedoor/engine';
import { reject } from '@onedoor/kernel';
import { readConfig, type Config } from '@onedoor/platform';
import { AlarmLog } from '@onedoor/testkit';
import { openToWrite, withProduct } from '../src/open-data.js';
import { onedoorProgram } from '../src/program.js';
import { run } from '../src/run.js';

const KEYS = ['26N2K7DQMA4', '26N2K7DQMB3'];

describe('parked keys, from the command line', () => {
  let folder: string;
  let data: string;

  /** A data folder in which two keys of intake are parked. */
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'onedoor-parked-'));
    data = join(folder, 'data');
    const { close, ...ports } = await openSqlite(data);
    await ports.bus.publish(KEYS.map((key) => ({ topic: 'onedoor.routing', event: messageOf(key) })));
    const consumer = new Consumer({
      group: 'intake',
      topics: ['onedoor.routing'],
      react: ({ subject }) => [{ aggregate: 'request', id: subject, command: { type: 'Anything' } }],
      dispatch: async () => reject('TOO_LATE', 'It can not be done'),
      ports: { ...ports, clock: systemClock, entropy: systemEntropy, alarm: new AlarmLog().alarm },
      decisions: ports.store,
    });
    await consumer.run({ signal: new AbortController().signal, untilCaughtUp: true });
    await close();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const messageOf = (key: string): PublicEvent => ({
    specversion: '1.0',
    id: `about-${key}`,
    source: '/onedoor/routing',
    type: 'test.said.v1',
    subject: key,
    time: '2026-03-02T12:00:00.000Z',
    datacontenttype: 'application/json',
    sequence: '00000000.0',
    correlationid: key,
    causationid: key,
    jurisdiction: 'testville',
    data: {},
  });

  async function onedoor(
    ...words: readonly string[]
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
    const written = { stdout: '', stderr: '' };
    const streams = ['stdout', 'stderr'] as const;
    const before = streams.map((name) => process[name].write);
    for (const name of streams) process[name].write = (text) => Boolean((written[name] += String(text)));
    try {
      return { code: await run(onedoorProgram({}), [...words, '--data', data, '--json'], {}), ...written };
    } finally {
      for (const [index, name] of streams.entries()) Object.assign(process[name], { write: before[index] });
      process.exitCode = undefined;
    }
  }
  const listed = async (...options: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await onedoor('parked', 'list', ...options);
    return (JSON.parse(stdout) as { readonly keys: readonly { readonly id: string }[] }).keys.map(({ id }) => id);
  };
  const decisions = async (): Promise<readonly object[]> => {
    const { store, close } = await openSqlite(data, { readOnly: true });
    const events = await store.read(`parking-intake.${KEYS[0]}`, 0, 10);
    await close();
    return events.map(({ type, data, metadata: { actor } }) => ({ type, ...(data as object), actor }));
  };

  it('are listed and dropped where no OneDoor runs, with who decided it and why', async () => {
    expect(await listed()).toEqual(KEYS.map((key) => `intake.${key}`));
    expect(await listed('--group', 'routing')).toEqual([]);
    expect(await onedoor('parked', 'drop', `intake.${KEYS[0]}`, '--reason', 'Done by hand')).toMatchObject({ code: 0 });
    expect(await listed()).toEqual([`intake.${KEYS[1]}`]);
    expect(await decisions()).toMatchObject([{ type: 'ParkedKeyDropped', reason: 'Done by hand', actor: { id: 'command-line' } }]);
  });

  it('are released, and refused where they are none', async () => {
    expect(await onedoor('parked', 'release', `intake.${KEYS[0]}`)).toMatchObject({ code: 0 });
    expect(await decisions()).toMatchObject([{ type: 'ParkedKeyReleased' }]);
    for (const id of ['intake.26N2K7DQMC2', 'nobody.x', 'no-id']) {
      const { code, stderr } = await onedoor('parked', 'release', id);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/PARKED_KEY_UNKNOWN|must be a consumer and a key/)]);
    }
  });

  it('are asked of the process that holds the folder, with the token of an administrator', async () => {
    const tokenFile = join(folder, 'token');
    await withProduct(openToWrite({ profile: 'embedded', data, environment: {} }, 'city'), async (app) => {
      const terms = { role: 'administrator', department: null, label: 'test', expiresAt: null } as const;
      writeFileSync(tokenFile, `${(await issueToken(app, terms, { role: 'system', id: 'test' })).bearer}\n`);
    });
    const running = await openService(
      wholeProduct(),
      readConfig({ PORT: '0', ONEDOOR_DATA: data, ONEDOOR_LOG: 'silent', ONEDOOR_SESSION_KEY: 'k'.repeat(40) }) as Config,
    );
    try {
      expect(await onedoor('parked', 'list')).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/A running OneDoor holds .*--token-file/),
      });
      const there = ['--url', running.url, '--token-file', tokenFile];
      expect(await listed(...there)).toEqual(KEYS.map((key) => `intake.${key}`));
      expect(await onedoor('parked', 'drop', `intake.${KEYS[0]}`, '--reason', 'Done by hand', ...there)).toMatchObject({ code: 0 });
      while ((await listed(...there)).length > 1) continue;
      expect(await onedoor('parked', 'drop', `intake.${KEYS[0]}`, '--reason', 'Done by hand', ...there)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^404: PARKED_KEY_UNKNOWN: /),
      });
      writeFileSync(tokenFile, 'od_wrong');
      expect(await onedoor('parked', 'list', ...there)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^401: NOT_SIGNED_IN/) });
    } finally {
      await running.close();
    }
    expect(await onedoor('parked', 'list', '--url', running.url)).toMatchObject({ code: 0 });
  });
});
