import { idOf } from '@onedoor/kernel';
import { toRecord } from '@onedoor/testkit';
import { noon } from '../test/tally.js';
import { streamOf, upcast, type EventShapes } from './aggregate.js';
import { deterministicId } from './deterministic-id.js';
import { categoryOf, type RecordedEvent } from './ports/event-store.js';

const stored = (v: number, data: unknown): RecordedEvent => ({
  ...toRecord({ type: 'Moved', at: noon, data }, { v }),
  stream: 'thing-1',
  revision: 0,
  position: 'p',
});

const SHAPES: EventShapes = {
  Moved: {
    v: 3,
    upcast: (data, v) => {
      const { to, toWhere } = data as { to?: string; toWhere?: string };
      return { place: v === 1 ? to : toWhere };
    },
  },
};

describe('an event of an older shape', () => {
  it.each([
    [1, { to: 'parks' }],
    [2, { toWhere: 'parks' }],
    [3, { place: 'parks' }],
  ])('of version %i is read in the current shape', (v, data) => {
    expect(upcast(SHAPES, stored(v, data))).toMatchObject({ v: 3, data: { place: 'parks' }, stream: 'thing-1' });
  });

  it.each([
    ['a later version', stored(4, {})],
    ['an unknown type', { ...stored(1, {}), type: 'Vanished' }],
  ])('%s is refused, rather than misread', (_name, event) => {
    expect(() => upcast(SHAPES, event)).toThrow('older than the log');
  });

  it('without an upcaster is a broken guarantee', () => {
    expect(() => upcast({ Moved: { v: 2 } }, stored(1, {}))).toThrow('Broken guarantee');
  });
});

describe('names', () => {
  it('a stream is its category and its id, and both can be read back, though the id has dashes', () => {
    const stream = streamOf({ category: 'case' }, 'a-b.2');
    expect([stream, categoryOf(stream), idOf(stream)]).toEqual(['case-a-b.2', 'case', 'a-b.2']);
  });

  it('the same parts give the same id, and where one part ends makes a difference', () => {
    expect(deterministicId('a', 'b')).toBe(deterministicId('a', 'b'));
    expect(new Set([deterministicId('a', 'b'), deterministicId('ab'), deterministicId('b', 'a'), deterministicId('a', 'b', '')]).size).toBe(
      4,
    );
    expect(deterministicId('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-9[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
