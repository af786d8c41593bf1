import { join } from 'node:path';
import { openMemory } from '@onedoor/adapters';
import { CATALOG_TOPIC, type PublicEvent } from '@onedoor/contracts';
import { published, Relay } from '@onedoor/engine';
import { AlarmLog, goldenStream, HastyClock, messagesOf, readGolden, restore } from '@onedoor/testkit';
import { SERVICE_CATALOG } from '../aggregates.js';
import { publishCatalog } from './publish.js';

const SAMPLES = readGolden<PublicEvent>(join(import.meta.dirname, '../../../contracts/src/golden'));
const STORY = goldenStream(join(import.meta.dirname, 'golden'), 'catalog-city');

it('what intake tells of the catalog is what the samples of its contract say', async () => {
  const data = openMemory();
  await restore(data.store, STORY);
  const ports = { ...data, clock: new HastyClock('2026-03-02T14:00:00.000Z'), alarm: new AlarmLog().alarm };
  await new Relay('intake', [published(SERVICE_CATALOG, publishCatalog)], ports, 'intake_catalog').run({
    signal: new AbortController().signal,
    untilCaughtUp: true,
  });
  const messages = (await messagesOf(data.bus, [CATALOG_TOPIC])).map(({ event }) => event);
  expect(messages).toEqual(messages.map(({ type }) => SAMPLES.get(type)));
  const ofCatalog = [...SAMPLES.keys()].filter((type) => type.startsWith('gov.onedoor.intake.catalog.'));
  expect(messages.map(({ type }) => type).sort()).toEqual(ofCatalog.sort());
  // A relay of its own also tells what was there before the context began to tell of its catalog.
  expect(await data.checkpoints.load('relay:intake_catalog')).toBe(await data.store.head());
  expect(await data.checkpoints.load('relay:intake')).toBeNull();
});
