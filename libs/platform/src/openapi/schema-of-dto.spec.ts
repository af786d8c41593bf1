import { Ajv2020 } from 'ajv/dist/2020.js';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { bodyOf } from '../http/body-of.js';
import { Follows, ListOf, ListThatFollows, Nested, Text, Texts, WholeNumber } from '../http/fields.js';
import type { RequestProblem } from '../http/problem.js';
import { schemaOfDto } from './schema-of-dto.js';

const evenProblems = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return ['even: must be an object'];
  return Number((value as { readonly of?: unknown }).of) % 2 === 0 ? [] : ['of: must be even'];
};
const EVEN = { type: 'object', required: ['of'], properties: { of: { type: 'integer' } }, additionalProperties: false } as const;

class WheelBody {
  @Text('make', 10) make!: string;
  @WholeNumber('spokes', 3, 48) spokes!: number;
}

class BicycleBody {
  @Nested('front', WheelBody) front!: WheelBody;
  @ListOf('spares', WheelBody, { least: 1, most: 2 }) spares!: readonly WheelBody[];
  @Texts('labels', 2, 5) labels!: readonly string[];
  @Follows('gears', 'even', evenProblems, EVEN) gears!: object;
  @ListThatFollows('pairs', 'even', evenProblems, { most: 2, items: EVEN }) pairs!: readonly object[];

  @IsInt({ message: 'seats: must be a whole number' })
  @Min(1, { message: 'seats: must be 1 or more' })
  @Max(3, { message: 'seats: must be 3 or less' })
  seats!: number;

  @IsOptional()
  @IsBoolean({ message: 'lit: must be true or false' })
  lit?: boolean | null;

  @IsArray({ message: 'colours: must be a list' })
  @ArrayMaxSize(2, { message: 'colours: must be 2 or less' })
  @IsString({ each: true, message: 'colours: must be texts' })
  @IsIn(['red', 'blue'], { each: true, message: 'colours: must be red or blue' })
  colours!: readonly string[];

  @Matches(/^[A-Z]$/, { message: 'size: must be a letter' }) size!: string;
}

/** As `JSON.parse` makes it of a text: a property of its own. */
const PROTO = JSON.parse('{"__proto__":{"isAdministrator":true}}') as object;
const wheel = { make: 'Acme', spokes: 32 };
const bicycle = {
  front: wheel,
  spares: [wheel],
  labels: ['a'],
  gears: { of: 2 },
  pairs: [{ of: 4 }],
  seats: 1,
  lit: null,
  colours: ['red'],
  size: 'M',
};

const schema = schemaOfDto(BicycleBody);
const accepts = new Ajv2020({ strict: false }).compile(schema as object);

/** The problems of a body; empty where it is accepted. */
function problemsOf(body: unknown): readonly string[] {
  try {
    bodyOf(BicycleBody).transform(body, { type: 'body' });
    return [];
  } catch (error) {
    return (error as RequestProblem).details;
  }
}

describe('the schema of a body', () => {
  it('has numbers, lists and nested objects as the rules check them', () => {
    expect(schema.title).toBe('Bicycle');
    expect(schema.properties).toMatchObject({
      front: { title: 'Wheel', type: 'object', required: ['make', 'spokes'], additionalProperties: false },
      spares: { type: 'array', minItems: 1, maxItems: 2, items: { title: 'Wheel' } },
      labels: { type: 'array', maxItems: 2, items: { type: 'string', maxLength: 5 } },
      gears: EVEN,
      pairs: { type: 'array', maxItems: 2, items: EVEN },
      seats: { type: 'integer', minimum: 1, maximum: 3 },
      lit: { type: ['boolean', 'null'] },
      colours: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['red', 'blue'] } },
      size: { type: 'string', pattern: '^[A-Z]$' },
    });
    expect(schema.required).toEqual(['colours', 'front', 'gears', 'labels', 'pairs', 'seats', 'size', 'spares']);
  });

  it('accepts what the rules accept', () => {
    expect([problemsOf(bicycle), accepts(bicycle)]).toEqual([[], true]);
  });

  it.each([
    [{ front: undefined }, ['front: must be an object']],
    [{ front: [] }, ['front: must be an object']],
    [{ front: { make: '', spokes: 2.5 } }, [/^front\.make: must be text/, 'front.spokes: must be a whole number from 3 to 48']],
    [{ front: { ...wheel, hub: 1 } }, ['front.hub: there is no such field']],
    [{ constructor: 1 }, ['constructor: there is no such field']],
    [{ front: { ...wheel, constructor: { prototype: 1 } } }, ['front.constructor: there is no such field']],
    [
      { spares: [wheel, { ...wheel, ...PROTO }], ...PROTO },
      ['spares[1].__proto__: there is no such field', '__proto__: there is no such field'],
    ],
    [{ spares: [] }, ['spares: must be a list of 1 to 2 objects']],
    [{ spares: 7 }, ['spares: must be a list of 1 to 2 objects']],
    [{ spares: [[wheel]] }, ['spares: must be a list of 1 to 2 objects']],
    [{ spares: [wheel, { make: 'Acme', spokes: 49 }] }, ['spares[1].spokes: must be a whole number from 3 to 48']],
    [{ labels: ['a', 'b', 'c'] }, [/^labels: must be a list of up to 2 texts/]],
    [{ gears: 7 }, ['gears: must be an object']],
    [{ pairs: [{ of: 2 }, 7] }, ['pairs[1]: must be an object']],
    [{ pairs: {} }, ['pairs: must be a list of up to 2']],
    [{ seats: 4 }, ['seats: must be 3 or less']],
    [{ seats: '2' }, [/^seats: must be/]],
    [{ colours: ['green'] }, ['colours: must be red or blue']],
  ])('refuses %j as the rules do, naming the field and its rule', (change, problems) => {
    const body = { ...bicycle, ...change };
    expect(problemsOf(body)).toEqual(problems.map((problem) => (typeof problem === 'string' ? problem : expect.stringMatching(problem))));
    expect(accepts(JSON.parse(JSON.stringify(body)))).toBe(false);
  });

  it('leaves to the rules what no schema expresses, in lists as well', () => {
    expect(problemsOf({ ...bicycle, gears: { of: 3 }, pairs: [{ of: 1 }] })).toEqual([
      'gears.of: must be even',
      'pairs[0].of: must be even',
    ]);
  });
});
