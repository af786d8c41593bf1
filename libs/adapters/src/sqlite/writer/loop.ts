import { registerHooks } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { FromWriter, Handler, Job, Jobs, ToWriter, WriterThread } from './protocol.js';

/** Jobs and characters of one transaction: it stays short, and one caller's page cannot hold up all others. */
const TRANSACTION_JOBS_MAX = 512;
const TRANSACTION_CHARACTERS_MAX = 8 * 1024 * 1024;

/**
 * The thread that writes one data file. The jobs that are waiting when a transaction begins share it, and its one sync to disk;
 * they are answered after the COMMIT. A transaction that the disk does not take is rolled back and its jobs are refused: sqlite writes
 * the next one over what is left of it, so nothing of it is ever read, and a sync that failed is never taken for done. Any other error
 * ends the thread, because then it is unknown what the file holds. The thread has nothing else to do, so it sleeps on shared memory
 * instead of in an event loop: waking it costs a fraction.
 */
const { start, wakeup } = workerData as WriterThread;
const cells = new Int32Array(wakeup);
const MESSAGES = 0;
const IS_ASLEEP = 1;
const port = thePort();
const send = (message: FromWriter): void => port.postMessage(message);

const waiting: Job[] = [];
let isClosing = false;

// The sources run as they are under test: node strips their types, and their imports name the files of the build.
if (import.meta.url.endsWith('.ts')) {
  registerHooks({ resolve: (path, context, next) => next(path.startsWith('.') ? path.replace(/\.js$/, '.ts') : path, context) });
}
const { isOfDisk } = await import('../disk-errors.js');

try {
  await run();
} catch (error) {
  send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error), isOfDisk: isOfDisk(error) });
}
port.close();

async function run(): Promise<void> {
  const database = new DatabaseSync(start.path, { timeout: 5_000 });
  // Closing rolls back what was not committed.
  try {
    applyPragmas(database);
    const { prepare } = (await import(start.handlerUrl)) as { prepare: (database: DatabaseSync, options: unknown) => Handler<Jobs> };
    const handler = prepare(database, start.options);
    try {
      send({ kind: 'opened', opened: handler.opened });
      write(database, handler);
    } finally {
      handler.close?.();
    }
  } finally {
    database.close();
  }
}

/** Until it is closed: commits the waiting jobs and answers them. */
function write(database: DatabaseSync, handler: Handler<Jobs>): void {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  for (;;) {
    const seen = Atomics.load(cells, MESSAGES);
    takeMessages();
    if (waiting.length === 0) {
      if (isClosing) return;
      Atomics.store(cells, IS_ASLEEP, 1);
      // Returns at once when a message was sent since the count was read.
      Atomics.wait(cells, MESSAGES, seen);
      Atomics.store(cells, IS_ASLEEP, 0);
      continue;
    }
    const jobs = nextJobs();
    const answers = transact(database, handler, () => {
      begin.run();
      const given = jobs.map((job) => answer(handler, job));
      handler.committing?.();
      commit.run();
      return given;
    });
    if (answers instanceof Error) {
      send({ kind: 'refused', jobs: jobs.length, reason: answers.message });
      continue;
    }
    handler.committed?.();
    send({ kind: 'answers', answers });
  }
}

/** What the transaction answers, or why the disk did not take it: then it was rolled back. */
function transact<Answers>(database: DatabaseSync, handler: Handler<Jobs>, run: () => Answers): Answers | Error {
  try {
    return run();
  } catch (error) {
    if (!isOfDisk(error)) throw error;
    if (database.isTransaction) database.exec('ROLLBACK');
    handler.rolledBack();
    return error as Error;
  }
}

function takeMessages(): void {
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    const message = next.message as ToWriter;
    if (message.kind === 'close') isClosing = true;
    else waiting.push(...message.jobs);
  }
}

function nextJobs(): readonly Job[] {
  let count = 0;
  let characters = 0;
  for (const job of waiting) {
    if (count === TRANSACTION_JOBS_MAX || (count > 0 && characters + job.characters > TRANSACTION_CHARACTERS_MAX)) break;
    count += 1;
    characters += job.characters;
  }
  return waiting.splice(0, count);
}

function answer(handler: Handler<Jobs>, { kind, ask }: Job): unknown {
  const handle = handler.jobs[kind];
  if (handle === undefined) throw new Error(`No such job: ${kind}`);
  return handle(ask);
}

function applyPragmas(database: DatabaseSync): void {
  for (const [name, wanted] of Object.entries(start.pragmas)) {
    database.exec(`PRAGMA ${name} = ${wanted}`);
    const row = database.prepare(`PRAGMA ${name}`).get() ?? {};
    const found = Object.values(row)[0];
    if (String(found) !== String(wanted)) throw new Error(`${start.path}: ${name} is ${String(found)} where it must be ${wanted}`);
  }
}

function thePort(): MessagePort {
  if (parentPort === null) throw new Error('The writer runs in a thread of its own');
  return parentPort;
}
