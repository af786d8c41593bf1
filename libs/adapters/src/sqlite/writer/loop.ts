import { DatabaseSync } from 'node:sqlite';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { FromWriter, Handler, Job, Jobs, ToWriter, WriterStart } from './protocol.js';

/**
 * The thread that writes one data file. One message is one batch is one transaction; whoever is in it is answered after the
 * COMMIT. Anything unexpected ends the thread, because after a failed COMMIT nobody knows what the disk holds.
 */
const start = workerData as WriterStart;
const port = portOf();
const tell = (message: FromWriter): void => port.postMessage(message);

try {
  await run();
} catch (error) {
  tell({ kind: 'failed', reason: reasonOf(error) });
}

async function run(): Promise<void> {
  const database = new DatabaseSync(start.path, { timeout: 5_000 });
  applyPragmas(database);
  const { prepare } = (await import(start.handlerUrl)) as { prepare: (database: DatabaseSync, options: unknown) => Handler<Jobs> };
  const handler = prepare(database, start.options);
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');

  const answer = (job: Job): unknown => {
    const handle = handler.jobs[job.kind];
    if (!handle) throw new Error(`No such job: ${job.kind}`);
    return handle(job.ask);
  };

  port.on('message', (message: ToWriter) => {
    if (message.kind === 'close') {
      database.close();
      port.close();
      return;
    }
    try {
      begin.run();
      const answers = message.jobs.map(answer);
      commit.run();
      handler.committed?.();
      tell({ kind: 'answers', answers });
    } catch (error) {
      tell({ kind: 'failed', reason: reasonOf(error) });
      port.close();
      // Closing rolls back what was not committed.
      database.close();
    }
  });
  tell({ kind: 'opened', opened: handler.opened });
}

function portOf(): MessagePort {
  if (!parentPort) throw new Error('This file is a worker: it is not imported');
  return parentPort;
}

function applyPragmas(database: DatabaseSync): void {
  for (const [name, wanted] of Object.entries(start.pragmas)) {
    database.exec(`PRAGMA ${name} = ${wanted}`);
    const row = database.prepare(`PRAGMA ${name}`).get() ?? {};
    const found = Object.values(row)[0];
    if (String(found) !== String(wanted)) throw new Error(`${start.path}: ${name} is ${String(found)} where it must be ${wanted}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
