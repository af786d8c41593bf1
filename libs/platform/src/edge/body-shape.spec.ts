import { bodyOf } from '../http/body-of.js';
import { ListOf, Satisfies } from '../http/fields.js';
import { RequestProblem } from '../http/problem.js';
import { SHAPE, shapeProblem } from './body-shape.js';

const nested = (levels: number, within: (inner: unknown) => unknown): unknown => {
  let value: unknown = 0;
  for (let level = 0; level < levels; level++) value = within(value);
  return value;
};
const fields = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, index]));

describe('the shape of a body', () => {
  it.each<[string, unknown]>([
    ['as deep as may be', nested(SHAPE.levels, (inner) => [inner])],
    ['as wide as may be', fields(SHAPE.fields)],
    ['as long as may be', Array.from({ length: SHAPE.values - 1 }, () => 0)],
    ['a number', 7],
  ])('may be %s', (_what, body) => {
    expect(shapeProblem(body)).toBeNull();
  });

  it.each<[string, unknown, string]>([
    ['a level deeper', nested(SHAPE.levels + 1, (inner) => [inner]), 'nest deeper than 16'],
    ['10,000 levels deep', nested(10_000, (inner) => ({ a: inner })), 'nest deeper than 16'],
    ['a field wider', fields(SHAPE.fields + 1), 'more than 200 fields'],
    ['26,000 fields wide, further down', { list: [{}, fields(26_000)] }, 'more than 200 fields'],
    ['a value longer', Array.from({ length: SHAPE.values }, () => 0), 'at most 30000 values'],
    ['long in many lists', Array.from({ length: 400 }, () => Array.from({ length: 100 }, () => ({}))), 'at most 30000 values'],
  ])('may not be %s', (_what, body, rule) => {
    expect(shapeProblem(body)).toContain(rule);
  });
});

describe('a hostile body', () => {
  let checked = 0;
  const Counted = (field: string): PropertyDecorator =>
    Satisfies(field, () => ++checked > 0, 'must be there', { type: 'integer', minimum: 1 });
  class Spoke {
    @Counted('length') length!: number;
  }
  class Wheel {
    @Counted('spokes') spokes!: number;
    @ListOf('all', Spoke, { most: 10 }) all!: readonly Spoke[];
  }

  const refused = (body: unknown): RequestProblem => {
    checked = 0;
    try {
      bodyOf(Wheel).transform(body, { type: 'body' });
    } catch (error) {
      if (error instanceof RequestProblem) return error;
    }
    throw new Error('It was taken');
  };

  it.each<[string, object]>([
    ['26,000 fields', fields(26_000)],
    ['as many unknown fields as an object may have', { ...fields(199), spokes: 1 }],
    ['unknown fields in each of many objects', { spokes: 1, all: Array.from({ length: 5_000 }, () => ({ a: 1, b: 2 })) }],
    ['10,000 levels', { all: nested(10_000, (inner) => [inner]) }],
    ['20,000 objects for ten', { spokes: 1, all: Array.from({ length: 20_000 }, () => ({})) }],
    ['20,000 objects for a number', { spokes: Array.from({ length: 20_000 }, () => ({})) }],
    ['many values in many lists for a number', { spokes: Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => 0)) }],
    ['100,000 elements', { all: Array.from({ length: 100_000 }, () => 0) }],
  ])('of %s is refused before any rule is asked', (_what, body) => {
    const { details } = refused(body);
    expect([checked, details.length <= 51, details[0]]).toEqual([0, true, expect.stringMatching(/^(body|f0|all|spokes)/)]);
  });

  it('is told of fifty lines at most, and how many more there are', () => {
    const { details, message } = new RequestProblem(
      400,
      Array.from({ length: 7_000 }, (_, index) => `f${index}: there is no such field`),
    );
    expect([details.length, details.at(-1)]).toEqual([51, 'and 6950 more like these']);
    expect(message.length).toBeLessThan(3_000);
  });

  it('still has its few unknown fields named beside the rules that it breaks', () => {
    expect(refused({ colour: 'red', all: 7 }).details).toEqual(
      expect.arrayContaining(['colour: there is no such field', 'all: must be a list of 0 to 10 objects']),
    );
  });
});
