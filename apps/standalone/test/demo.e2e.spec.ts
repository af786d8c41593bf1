import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readConfig, WorkerRunner, type Config } from '@onedoor/platform';
import { openStandalone } from '../src/standalone.js';
import { openTestDoor, type TestDoor } from './support.js';

type Door = Awaited<ReturnType<typeof openStandalone>>;

const hasCurl = await new Promise<boolean>((answer) => {
  const curl = spawn('curl', ['--version'], { stdio: 'ignore' });
  curl.once('error', () => answer(false));
  curl.once('close', (code) => answer(code === 0));
});

describe('the demo city on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-demo-'));
  let door: Door;

  beforeAll(async () => {
    const config = readConfig({
      PORT: '0',
      ONEDOOR_DATA: folder,
      ONEDOOR_DEMO: 'on',
      ONEDOOR_DEMO_CASES: '60',
      ONEDOOR_DEMO_DRIP_SECONDS: '3600',
    });
    door = await openStandalone(config as Config);
  });
  afterAll(async () => {
    await door.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const page = async (): Promise<string> => (await fetch(door.url)).text();

  it('shows everything on its first page, at the first look', async () => {
    const html = await page();
    for (const words of [
      'How the departments stand',
      'Parks and Trees',
      'overdue by',
      'standing still',
      '/outbox',
      '/metrics',
      'water-desk',
      'Hold the demo',
    ])
      expect(html).toContain(words);
  });

  it('links to nothing that is not there', async () => {
    const links = [...(await page()).matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(10);
    for (const link of new Set(links)) expect([link, (await fetch(`${door.url}${link}`)).status]).toEqual([link, 200]);
  });

  // A machine without curl says so: the examples are then listed as skipped.
  (hasCurl ? it : it.skip)('gives examples that work as they stand', async () => {
    const examples = [...(await page()).matchAll(/<pre[^>]*><code>(.*?)<\/code><\/pre>/gs)].map(([, code = '']) => unescaped(code));
    expect(examples).toHaveLength(7);
    // Each answer's status goes beside what the example itself prints.
    const shell = spawn('sh', { stdio: ['pipe', 'pipe', 'pipe'] });
    const [said, statuses] = [text(shell.stdout), text(shell.stderr)];
    shell.stdin.end(`curl() { command curl --max-time 20 -w '%{stderr}status %{http_code}\\n' "$@"; }\n${examples.join('\n')}\n`);
    await once(shell, 'close');
    const codes = [...(await statuses).matchAll(/^status (\d+)$/gm)].map(([, code]) => code);
    expect(codes).toEqual(['200', '201', '200', '200', '200', '200', '201', '200', '200', '201', '200', '200']);
    expect(await said).toContain('"assignee":"crew-7"');
    expect(await said).toContain('data: {"specversion":"1.0"');
    expect(await said).toContain('PromiseBreached');
  });

  it('is held and let go on by its own page only', async () => {
    const post = (action: string, headers: Record<string, string> = {}) =>
      fetch(`${door.url}/demo/drip/${action}`, { method: 'POST', redirect: 'manual', headers });
    expect((await post('pause', { origin: 'https://evil.example' })).status).toBe(403);
    expect(await page()).toContain('Hold the demo');
    const held = await post('pause', { origin: door.url });
    expect([held.status, held.headers.get('location')]).toEqual([303, '/']);
    expect(await page()).toContain('Let it go on');
    expect((await post('resume', { origin: door.url })).status).toBe(303);
    expect(await page()).toContain('Hold the demo');
  });
});

describe('the demo as time goes on, with a case a minute', () => {
  let door: TestDoor;
  const stop = new AbortController();
  let running: Promise<void>;

  beforeAll(async () => {
    door = await openTestDoor('memory', '2026-11-23T15:00:00.000Z', { ONEDOOR_DEMO_DRIP_SECONDS: '60' });
    const worker = door.app
      .get(WorkerRunner)
      .all()
      .find(({ name }) => name === 'demo');
    running = worker?.run({ signal: stop.signal }) ?? Promise.reject(new Error('The demo does not go on'));
  });
  afterAll(async () => {
    stop.abort();
    await running;
    await door.close();
  });

  /** Lets so many minutes pass, and answers how many requests there are then. */
  async function after(minutes: number): Promise<number> {
    for (let minute = 0; minute < minutes; minute++) {
      await door.clock.passNextWait();
      await door.clock.untilWaitedFor();
      await door.settle();
    }
    let requests = 0;
    for await (const signal of door.ports.store.subscribe({ after: null, categories: ['request'], signal: stop.signal })) {
      if (signal.kind === 'caught-up') break;
      requests += signal.events.filter(({ type }) => type === 'ServiceRequestSubmitted').length;
    }
    return requests;
  }
  const look = () => door.http().get('/').expect(200);

  it('lets cases come in, and staff work on them to the end', async () => {
    expect(await after(1)).toBe(1);
    expect(await after(19)).toBe(20);
    const { body } = await door.http().get('/open311/v2/requests.json?status=closed').expect(200);
    expect((body as unknown[]).length).toBeGreaterThan(0);
    expect(door.alarms).toEqual([]);
  });

  it('stops when nobody has looked for half an hour, and goes on when somebody does', async () => {
    expect(await after(20)).toBe(30);
    await look();
    expect(await after(1)).toBe(31);
  });

  it('stands still while it is held', async () => {
    await door.http().post('/demo/drip/pause').expect(303);
    expect(await after(5)).toBe(31);
    await door.http().post('/demo/drip/resume').expect(303);
    expect(await after(1)).toBe(32);
  });

  it('stops after two hundred cases, until somebody asks for more', async () => {
    for (let quarter = 0; quarter < 14; quarter++) {
      await look();
      await after(15);
    }
    expect(await after(0)).toBe(231);
    expect((await look()).text).toContain('come to a stop by itself');
    await door.http().post('/demo/drip/resume').expect(303);
    expect(await after(1)).toBe(232);
    expect(door.alarms).toEqual([]);
  });
});

const unescaped = (html: string): string =>
  html.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
