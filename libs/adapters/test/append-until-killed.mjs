import { openSqlite } from '../src/sqlite/open.ts';

// Appends without end from several writers at once, and says the id of each event once it is answered; of one that was refused, that it
// was.
const { store } = await openSqlite(process.argv[2]);
const WRITERS = 8;
const AGAIN_MS = 50;

async function write(writer) {
  for (let index = 0; ;) {
    const id = `${writer}.${index}`;
    const metadata = { actor: { role: 'system', id: 'test' }, commandId: id, correlationId: id, jurisdiction: 'city' };
    const at = '2026-03-01T08:00:00.000Z';
    const event = { id, type: 'Noted', v: 1, at, recordedAt: at, data: { id }, metadata };
    try {
      await store.append(`note-${writer}`, index === 0 ? 'no-stream' : index - 1, [event]);
      process.stdout.write(`${id}\n`);
      index += 1;
    } catch (error) {
      process.stdout.write(`refused ${error.name} ${(await store.read(`note-${writer}`, 0, 1)).length}\n`);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
