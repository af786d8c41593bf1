import { MemoryReadModels, openMemory } from '@onedoor/adapters';
import { Unavailable, type ProjectorPorts } from '@onedoor/engine';
import { AlarmLog, HastyClock, toRecord } from '@onedoor/testkit';
import { viewsOf } from './contexts.js';

const AT = '2026-03-02T14:00:00.000Z';
const { signal } = new AbortController();

it('what is built beside the live views, to compare with them, is never less than they show', async () => {
  const data = openMemory();
  await data.store.append('other-a', 'no-stream', [toRecord({ type: 'Happened', at: AT, data: {} })]);
  const ports: ProjectorPorts = { ...data, clock: new HastyClock(AT), alarm: new AlarmLog().alarm };
  // Says that it holds nothing, as one does whose answers are all cut to nothing.
  const { store: empty } = openMemory();
  const head = await data.store.head();
  for (const { checkpoint } of viewsOf(ports)) {
    await data.checkpoints.advance(checkpoint, null, head);
    const view = viewsOf({ ...ports, store: empty }).find((each) => each.checkpoint === checkpoint);
    await expect(view?.buildInto(new MemoryReadModels(), signal)).rejects.toThrow(Unavailable);
  }
});
