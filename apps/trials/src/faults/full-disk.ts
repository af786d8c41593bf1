import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { smallDisk, type SmallDisk } from '@onedoor/testkit';
import type { Attempt } from '../chaos/client.js';
import { demoProcess } from '../demo-process.js';
import type { Run, Tally, Trial } from './trial.js';
import { TriedCity } from './tried-city.js';

const DISK_BYTES = 32 * 1024 * 1024;
const FILE_BYTES = 3 * 1024 * 1024;
const BEFORE = 5;
/** Reports after which a full disk must have been met: the files had some room before. */
const REPORTS_MOST = 3_000;
const HEALED_WITHIN_MS = 60_000;
const ROUNDS = { quick: 1, long: 5 };

export const FULL_DISK: Trial = {
  name: 'full-disk',
  what:
    'a full disk, a start on it after a kill, a folder that takes no writes, and files that may not grow: 503 with Retry-After to what ' +
    'is written, reads go on, it heals by itself, nothing acknowledged is lost and nothing is half written',
  run: async (run, tally) => {
    for (let round = 0; round < (run.isQuick ? ROUNDS.quick : ROUNDS.long) && run.hasTime(); round++) {
      const disk = smallDisk(DISK_BYTES);
      if (disk === null) tally.skip('a full disk', 'this account may not mount a file system in memory');
      else await onDisk(disk, tally).finally(() => disk.unmount());
      await underLimit(join(run.folder, `limited-${round}`), run, tally);
    }
  },
};

async function onDisk(disk: SmallDisk, tally: Tally): Promise<void> {
  const folder = `${disk.folder}/data`;
  const city = new TriedCity(folder, await demoProcess(folder));
  await city.server.start();
  await expectRefusal(city, tally, 'a full disk', () => disk.fill());

  // A kill in this state, and a start on the room of the reserve.
  await city.server.kill();
  tally.fault();
  await city.server.start();
  await expectReads(city, tally, 'a start on a full disk');
  disk.makeRoom();
  await expectHealed(city, tally, 'a full disk');
  await city.repeat(city.ledger.size);
  await city.audit(tally, 'a full disk');

  await expectRefusedStart(city, disk, tally);
}

/** A file system that is mounted to be read only: the start says so, and changes nothing. */
async function expectRefusedStart({ folder, ledger }: TriedCity, disk: SmallDisk, tally: Tally): Promise<void> {
  const remount = (mode: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${mode}`, disk.folder], { stdio: 'ignore' });
  remount('ro');
  tally.fault();
  const server = await demoProcess(folder, { keepsErrors: true });
  const hasStarted = await server.start().then(
    () => true,
    () => false,
  );
  const again = new TriedCity(folder, server, ledger);
  if (hasStarted) expectUnavailable(await again.client.attempt(randomUUID()), tally, 'a read-only file system');
  else if (!server.errors.includes(folder)) tally.found('unnamed', `a read-only file system: ${JSON.stringify(server.errors)}`);
  await server.kill();
  remount('rw');
  await server.start();
  await again.repeat(ledger.size);
  await again.audit(tally, 'a read-only file system');
}

/** The size of files is limited while the process runs, as by an exhausted quota, and the limit is lifted. */
async function underLimit(folder: string, run: Run, tally: Tally): Promise<void> {
  try {
    execFileSync('prlimit', [`--fsize=${FILE_BYTES}:unlimited`, 'true'], { stdio: 'ignore' });
  } catch {
    tally.skip('files that may not grow', 'prlimit is not there or not permitted');
    return;
  }
  const city = new TriedCity(folder, await demoProcess(folder, { under: ['prlimit', `--fsize=${FILE_BYTES}:unlimited`] }));
  await city.server.start();
  await expectRefusal(city, tally, 'files that may not grow', () => undefined);
  execFileSync('prlimit', ['--pid', String(city.server.pid), '--fsize=unlimited']);
  await expectHealed(city, tally, 'files that may not grow');
  await city.repeat(city.ledger.size);
  await city.audit(tally, 'files that may not grow');
  run.say(`${city.ledger.size} acknowledged around files that may not grow`);
}

/** Reports until one is refused, which it must be by 503 with Retry-After, while what was acknowledged is still shown. */
async function expectRefusal(city: TriedCity, tally: Tally, what: string, bring: () => void): Promise<void> {
  for (let index = 0; index < BEFORE; index++) await city.client.submit(randomUUID());
  bring();
  tally.fault();
  // What comes after it may fit again: the next one is often smaller.
  let refusal: Attempt | null = null;
  for (let index = 0; refusal === null && index < REPORTS_MOST; index++) {
    const attempt = await city.client.attempt(randomUUID());
    if (attempt.reference === null) refusal = attempt;
  }
  if (refusal === null) return tally.found('wrong', `${what}: ${REPORTS_MOST} reports were acknowledged`);
  expectUnavailable(refusal, tally, what);
  await expectReads(city, tally, what);
}

function expectUnavailable({ status, retryAfter }: Attempt, tally: Tally, what: string): void {
  if (status !== 503 || !(Number(retryAfter) > 0))
    tally.found('wrong', `${what}: a report was answered ${status}, Retry-After ${retryAfter}`);
}

async function expectReads({ server, ledger }: TriedCity, tally: Tally, what: string): Promise<void> {
  const [first] = ledger.all();
  const { status } = await fetch(`${server.url}/open311/v2/requests/${first}.json`);
  if (status !== 200) tally.found('wrong', `${what}: an acknowledged request was answered ${status}`);
}

async function expectHealed({ client }: TriedCity, tally: Tally, what: string): Promise<void> {
  const deadline = performance.now() + HEALED_WITHIN_MS;
  const key = randomUUID();
  for (;;) {
    const { reference, status } = await client.attempt(key);
    if (reference !== null) return;
    if (performance.now() > deadline) return tally.found('wrong', `${what}: it does not heal: ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
