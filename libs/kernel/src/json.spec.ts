import { canonicalJson, fieldsOf } from './json.js';

describe('canonical JSON', () => {
  it('is the same text for the same value, independent of the order of its keys', () => {
    expect(canonicalJson({ b: [1, undefined, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,null,{"c":"x","d":null}]}');
  });
});

describe('the fields of a JSON value', () => {
  it('are those of an object', () => {
    expect(fieldsOf(JSON.parse('{"a":1}'))).toEqual({ a: 1 });
  });

  it.each(['[1]', 'null', '"text"', '7', 'true'])('are null for %s', (text) => {
    expect(fieldsOf(JSON.parse(text))).toBeNull();
  });
});
