import { openMemory } from '@onedoor/adapters';
import { toRecord } from '@onedoor/testkit';
import { cityZone, inLocalTime } from './local-time.service.js';

describe('the times in a sentence of a history', () => {
  const at = '2026-11-23T21:30:00.000Z';

  it.each([
    ['The promise runs again and is now due 2026-11-30T21:30:00.000Z', 'The promise runs again and is now due Mon, Nov 30, 4:30 PM'],
    [
      'inspect due 2026-07-01T16:00:00.000Z, repair due 2027-01-04T05:00:00.000Z',
      'inspect due Wed, Jul 1, 12:00 PM, repair due Mon, Jan 4, 2027, 12:00 AM',
    ],
    ['It is said of 2026-11-30 and nothing else', 'It is said of 2026-11-30 and nothing else'],
  ])('are those of the city: %s', (sentence, told) => {
    expect(inLocalTime(sentence, 'America/New_York', at)).toBe(told);
    expect(inLocalTime(sentence, null, at)).toBe(sentence);
  });

  it('are told by the zone that the catalog was opened with', async () => {
    const { store } = openMemory();
    expect(await cityZone(store)).toBeNull();
    const opened = { type: 'ServiceCatalogOpened', at, data: { city: 'Testville', zone: 'America/Phoenix' } };
    await store.append('catalog-city', 'no-stream', [toRecord(opened)]);
    expect(await cityZone(store)).toBe('America/Phoenix');
  });
});
