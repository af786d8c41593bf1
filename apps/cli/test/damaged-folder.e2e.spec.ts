import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { json, onedoor, onedoorWith } from './command-line.js';

interface Report {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly damage: readonly string[];
  readonly losses: readonly string[];
  readonly events: number;
}

const LIMIT_MS = 120_000;
const PASSWORD = 'the quiet harbour at noon\n';

describe('a data folder, from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-damaged-'));
  const data = join(folder, 'data');
  const backup = join(folder, 'backup');
  const log = join(data, 'log.db');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const createAccount = (id: string) => onedoorWith(PASSWORD, 'account', 'create', id, '--role', 'administrator', '--data', data);

  async function doctor(): Promise<Report> {
    const { stdout, stderr } = await onedoor('doctor', '--data', data, '--json');
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Report;
  }

  beforeAll(async () => {
    expect(await createAccount('chief')).toMatchObject({ code: 0 });
    const database = new DatabaseSync(log);
    database.exec(`VACUUM INTO '${backup}'`);
    database.close();
    expect(await createAccount('deputy')).toMatchObject({ code: 0 });
  }, LIMIT_MS);

  it('is looked at without being made', async () => {
    const nowhere = join(folder, 'nowhere');
    expect(await onedoor('doctor', '--data', nowhere)).toMatchObject({ code: 1, stdout: expect.stringContaining('is not there') });
    expect(await onedoor('renew-incarnation', '--data', nowhere)).toEqual({
      code: 1,
      stdout: '',
      stderr: `There is no data in ${nowhere}\n`,
    });
    expect(existsSync(nowhere)).toBe(false);
  });

  it('is its own account’s alone, and doctor says where it is not', async () => {
    expect(['', 'log.db', 'log.head', 'views.db', 'reserve'].map((name) => statSync(join(data, name)).mode & 0o777)).toEqual([
      0o700, 0o600, 0o600, 0o600, 0o600,
    ]);
    expect(await doctor()).toMatchObject({ damage: [], losses: [], openToOthers: [] });
  });

  it(
    'is named where a byte was flipped: by doctor, and by a command that would write, in one line',
    async () => {
      const whole = readFileSync(log);
      const flipped = Buffer.from(whole);
      const at = flipped.indexOf('AccountCreated');
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      writeFileSync(log, flipped);
      const { ok, problems } = await doctor();
      expect([ok, problems]).toEqual([
        false,
        expect.arrayContaining([expect.stringMatching(/not as they were written, at position \d+; restore/)]),
      ]);
      const { code, stdout, stderr } = await createAccount('third');
      expect([code, stdout, stderr]).toEqual([
        1,
        '',
        expect.stringMatching(/^[^\n]*log\.db: events are not as they were written, at position [^\n]*\n$/),
      ]);
      writeFileSync(log, whole);
      expect((await doctor()).damage).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'is refused with an older log, and goes on once its renewal was asked for',
    async () => {
      const { events } = await doctor();
      copyFileSync(backup, log);
      const found = await doctor();
      const lost = events - found.events;
      const remedy = `\`onedoor renew-incarnation --data ${data}\``;
      expect(lost).toBeGreaterThan(0);
      expect(found.losses).toEqual([`${log} lacks ${lost} events that were acknowledged`]);
      expect(found.problems).toEqual(expect.arrayContaining([expect.stringContaining(remedy)]));
      expect(await createAccount('third')).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining(remedy) });
      expect(await json('renew-incarnation', '--data', data)).toMatchObject({ lost });
      expect(await createAccount('third')).toMatchObject({ code: 0 });
      expect(await doctor()).toMatchObject({ damage: [], losses: [] });
    },
    LIMIT_MS,
  );
});
