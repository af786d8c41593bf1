import { randomUUID } from 'node:crypto';
import { DoubleLog } from './log.js';

describe('the log of the double', () => {
  const event = (data: unknown = {}) => ({
    id: randomUUID(),
    type: 'Noted',
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data)),
    metadata: new Uint8Array(),
  });

  it('hides what is older than its stream allows', () => {
    let now = 1_000_000;
    const log = new DoubleLog(() => now).initialize();
    const old = event();
    log.append('note-1', 'no_stream', [old]);
    log.append('$$note-1', 'no_stream', [{ ...event({ $maxAge: 60 }), type: '$metadata' }]);
    now += 59_000;
    log.append('note-1', 0, [event()]);
    expect(log.eventsOf('note-1')).toHaveLength(2);
    now += 2_000;
    expect(log.eventsOf('note-1')?.map(({ revision }) => revision)).toEqual([1]);
    expect(log.append('note-1', 'no_stream', [old])).toEqual({ kind: 'written', revision: 0, position: null });
  });

  it("keeps the rest of a stream's metadata when it is revived, even by new metadata", () => {
    const log = new DoubleLog().initialize();
    log.append('note-1', 'no_stream', [event(), event()]);
    log.softDelete('note-1', 'any');
    log.append('$$note-1', 'any', [{ ...event({ $maxCount: 2, owner: 'city' }), type: '$metadata' }]);
    expect(log.eventsOf('note-1')).toEqual([]);
    expect(JSON.parse(Buffer.from(log.eventsOf('$$note-1')?.at(-1)?.systemData ?? []).toString())).toEqual({
      $maxCount: 2,
      owner: 'city',
      $tb: 2,
    });
    for (let count = 0; count < 3; count++) log.append('note-1', 'any', [event()]);
    expect(log.eventsOf('note-1')?.map(({ revision }) => revision)).toEqual([3, 4]);
  });

  it('is the same after the same changes', () => {
    const log = new DoubleLog();
    const copy = new DoubleLog();
    log.onChange((change) => copy.apply(change));
    log.initialize();
    log.append('note-1', 'no_stream', [event(), event(), event()]);
    log.softDelete('note-1', 2);
    log.scavenge('note-1');
    log.append('note-1', 'no_stream', [event()]);
    log.tombstone('note-2', 'any');
    log.rewind(1);
    expect(copy.whole).toEqual(log.whole);
    expect(copy.eventsOf('note-1')).toEqual(log.eventsOf('note-1'));
    expect(copy.isTombstoned('note-2')).toBe(false);
    expect(copy.append('note-1', 3, [event()])).toMatchObject({ kind: 'written', revision: 4 });
  });
});
