import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { demoProcess } from '../demo-process.js';
import { HOSTILE_SOCKETS, type HostileSocket } from './hostile-sockets.js';
import { SlowClient } from './slow-client.js';
import type { Run, Tally, Trial } from './trial.js';
import { TriedCity } from './tried-city.js';

const CLIENTS = 2;
/** What a late request has, and some time for a machine that is under load. */
const ANSWERED_WITHIN_MS = 30_000 + 5_000;
const STOPPED_WITHIN_MS = 10_000;
/** A report of another client takes no longer while all of this goes on. */
const SERVED_WITHIN_MS = 10_000;
const ROUNDS = { quick: 1, long: 5 };
const OF_EACH = { quick: 2, long: 5 };

export const SOCKETS: Trial = {
  name: 'sockets',
  what:
    `${HOSTILE_SOCKETS.length} ways to stall, drip, cut off, not read and send too much, several of each at a time: 408 within ` +
    '30 s, others are served meanwhile, nothing is half written; SIGTERM ends the process within 10 s whatever sockets are open, and the ' +
    'next one has the folder',
  run: async (run, tally) => {
    const folder = join(run.folder, 'city');
    const city = new TriedCity(folder, await demoProcess(folder));
    await city.server.start();
    for (let round = 0; round < (run.isQuick ? ROUNDS.quick : ROUNDS.long) && run.hasTime(); round++) await attack(city, run, tally);
    await stopAmidSockets(city, tally);
    await city.server.start();
    await city.repeat(50);
    await city.audit(tally, 'hostile sockets');
  },
};

async function attack(city: TriedCity, run: Run, tally: Tally): Promise<void> {
  const settle = city.flood(CLIENTS);
  const probing = new AbortController();
  const longest = probe(city, probing.signal, tally);
  const attackers = HOSTILE_SOCKETS.flatMap((socket) => Array.from({ length: run.isQuick ? OF_EACH.quick : OF_EACH.long }, () => socket));
  await Promise.all(attackers.map((socket) => endOf(city, socket, tally)));
  probing.abort();
  run.say(`${attackers.length} sockets; the longest a report took meanwhile: ${Math.round(await longest)} ms`);
  await settle();
}

async function endOf({ server }: TriedCity, socket: HostileSocket, tally: Tally): Promise<void> {
  tally.fault();
  const client = begin(server.url, socket);
  const limit = setTimeout(() => client.abort(), ANSWERED_WITHIN_MS);
  const { status, ms } = await client.ended;
  clearTimeout(limit);
  // What reads nothing may stay as long as it moves.
  const isLate = socket.then !== 'reads nothing' && ms >= ANSWERED_WITHIN_MS;
  if (isLate || !socket.answers.includes(status))
    tally.found('wrong', `a client that ${socket.what} got ${status ?? 'no answer'} after ${Math.round(ms)} ms`);
}

function begin(url: string, { pieces, everyMs, then }: HostileSocket): SlowClient {
  const client = new SlowClient(url, pieces, everyMs);
  if (then === 'finishes') client.finish();
  if (then === 'reads nothing') client.stopReading();
  // Once the server has what was sent.
  if (then === 'aborts') setTimeout(() => client.abort(), 200);
  return client;
}

/** Reports one thing after the other, and returns the longest that one took. */
async function probe(city: TriedCity, signal: AbortSignal, tally: Tally): Promise<number> {
  let longest = 0;
  while (!signal.aborted) {
    const startedMs = performance.now();
    await city.client.submit(randomUUID());
    longest = Math.max(longest, performance.now() - startedMs);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (longest > SERVED_WITHIN_MS) tally.found('wrong', `a report took ${Math.round(longest)} ms beside hostile sockets`);
  return longest;
}

async function stopAmidSockets({ server }: TriedCity, tally: Tally): Promise<void> {
  const clients = HOSTILE_SOCKETS.filter(({ then }) => then === 'waits' || then === 'reads nothing').map((socket) =>
    begin(server.url, socket),
  );
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const startedMs = performance.now();
  await server.stop();
  const ms = Math.round(performance.now() - startedMs);
  tally.fault();
  if (ms > STOPPED_WITHIN_MS) tally.found('wrong', `the process took ${ms} ms to stop while sockets were open`);
  clients.forEach((client) => client.abort());
}
