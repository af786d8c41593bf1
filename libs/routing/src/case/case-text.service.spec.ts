import { openMemory, type MemoryData } from '@onedoor/adapters';
import type { Reported } from '@onedoor/contracts';
import type { Ports } from '@onedoor/platform';
import { AlarmLog, toRecord } from '@onedoor/testkit';
import type { Disclosures } from '../disclosure/disclosures.service.js';
import { CaseText } from './case-text.service.js';
import type { Case } from './state.js';

const REFERENCE = '26N2K7DQMA4';
const DAMAGED = { sealed: 'bm90LXNlYWxlZA' };
const ROUTER = { id: 'desk', kind: 'account', role: 'router', department: null } as const;
const MONDAY = '2026-03-02T14:00:00.000Z';

let data: MemoryData;
let alarms: AlarmLog;
let text: CaseText;

beforeEach(() => {
  data = openMemory();
  alarms = new AlarmLog();
  const disclosures = { record: async () => undefined } as unknown as Disclosures;
  text = new CaseText({ ...data, alarm: alarms.alarm } as unknown as Ports, disclosures);
});

const reported = (draft: Partial<Reported>): Case =>
  ({
    visibility: 'public',
    reported: { cell: null, details: null, sealedDetails: null, description: null, answers: [], photos: [], ...draft },
  }) as unknown as Case;

describe('a sealed text that does not open', () => {
  it('is left out of the case with an alarm, and the rest is shown', async () => {
    const sealedDetails = await data.vault.seal(REFERENCE, JSON.stringify({ location: null, mediaUrl: 'https://example.org/a.jpg' }));
    expect(await text.reported(REFERENCE, reported({ sealedDetails, description: DAMAGED }), ROUTER)).toMatchObject({
      mediaUrl: 'https://example.org/a.jpg',
      description: null,
    });
    const description = await data.vault.seal(REFERENCE, 'A deep one');
    expect(await text.reported(REFERENCE, reported({ sealedDetails: DAMAGED, description }), ROUTER)).toMatchObject({
      location: null,
      description: 'A deep one',
    });
    expect(alarms.messages).toEqual(['sealed text does not open', 'sealed text does not open']);
  });

  it('is one of the notes of a case, and the others are shown in their order', async () => {
    const notes = [await data.vault.seal(REFERENCE, 'first'), DAMAGED, await data.vault.seal(REFERENCE, 'third')];
    for (const [index, note] of notes.entries()) {
      const event = toRecord({ type: 'CaseReturned', at: MONDAY, data: { note } });
      await data.store.append(`case-${REFERENCE}`, index === 0 ? 'no-stream' : index - 1, [{ ...event, v: 1 }]);
    }
    expect((await text.notes(REFERENCE, ROUTER)).map((note) => note.text)).toEqual(['first', null, 'third']);
    expect(alarms.messages).toEqual(['sealed text does not open']);
  });

  it('raises none after an erasure', async () => {
    const description = await data.vault.seal(REFERENCE, 'A deep one');
    await data.vault.destroy(REFERENCE);
    expect(await text.reported(REFERENCE, reported({ description }), ROUTER)).toMatchObject({ description: null });
    expect(alarms.messages).toEqual([]);
  });
});
