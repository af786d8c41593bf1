import { startChild } from '../../test/child.js';
import { openSqlite } from './open.js';
import { temporaryFolder } from '../../test/temporary-folder.js';

const ANSWERS_BEFORE_THE_KILL = 200;

describe('an event that was answered', () => {
  it('is there after its process was killed at any moment', async () => {
    const { folder, remove } = temporaryFolder();
    for (let kill = 1; kill <= 2; kill++) {
      const round = `${folder}/${kill}`;
      const child = startChild('./append-until-killed.mjs', [round]);
      const answered: string[] = [];
      while (answered.length < ANSWERS_BEFORE_THE_KILL * kill) answered.push(await child.nextLine());
      child.kill();
      answered.push(...(await child.rest()));

      const { store, close } = await openSqlite(round);
      const streams = Map.groupBy(answered, (id) => `note-${id.split('.')[0]}`);
      for (const [stream, ids] of streams) {
        const found = (await store.read(stream, 0, 100_000)).map(({ id }) => id);
        expect(found.slice(0, ids.length)).toEqual(ids);
      }
      await close();
    }
    remove();
  });
});
