import { canonicalJson } from './canonical-json.js';
import { instantOf, isInstant, laterOf, msOf } from './instant.js';

describe('an instant', () => {
  it('has one spelling, so that strings compare as moments do', () => {
    const early = instantOf(Date.UTC(2011, 6, 1));
    const late = instantOf(Date.UTC(2026, 10, 21, 9, 30));
    expect(early).toBe('2011-07-01T00:00:00.000Z');
    expect(laterOf(early, late)).toBe(late);
    expect(msOf(late)).toBe(Date.UTC(2026, 10, 21, 9, 30));
  });

  it.each(['2011-07-01', '2011-07-01T00:00:00Z', '2011-13-01T00:00:00.000Z', ''])('refuses %j', (text) => {
    expect(isInstant(text)).toBe(false);
  });
});

describe('canonical JSON', () => {
  it('is the same text for the same value, whatever the order of its keys', () => {
    expect(canonicalJson({ b: [1, undefined, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,null,{"c":"x","d":null}]}');
  });
});
