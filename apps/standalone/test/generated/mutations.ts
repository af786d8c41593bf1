import fc, { type Arbitrary } from 'fast-check';
import { DAYS, INSTANTS } from './arbitrary-of-schema.js';

/** Values that are hardly ever meant, of every type. */
export const ODD: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    2 ** 53,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\u202e',
    'a\nb',
    '.',
    '..',
    '__proto__',
    'constructor',
    'x'.repeat(5_000),
    '🕳'.repeat(300),
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    [{}],
    Array.from({ length: 300 }, () => 'x'),
    ...INSTANTS,
    ...DAYS,
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 2 }) as Arbitrary<unknown>,
);

/** A value with one thing changed somewhere in it: replaced, left out, or added. */
export const mutated = (value: unknown): Arbitrary<unknown> =>
  fc.tuple(fc.nat(1_000_000), fc.constantFrom('replace', 'omit', 'add'), ODD).map(([where, kind, odd]) => {
    const places = placesIn(value);
    return changed(value, places[where % places.length] ?? [], kind, odd);
  });

type Place = readonly (string | number)[];

/** The value itself, and everything in it. */
function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...at, Array.isArray(value) ? Number(name) : name]))];
}

function changed(value: unknown, [step, ...rest]: Place, kind: string, odd: unknown): unknown {
  if (step === undefined) {
    if (kind !== 'add' || typeof value !== 'object' || value === null) return odd;
    return Array.isArray(value) ? [...(value as readonly unknown[]), odd] : { ...value, surplus: odd };
  }
  if (Array.isArray(value)) {
    const list = value as readonly unknown[];
    if (rest.length === 0 && kind === 'omit') return list.filter((_, index) => index !== step);
    return list.map((each, index) => (index === step ? changed(each, rest, kind, odd) : each));
  }
  const fields = value as Readonly<Record<string, unknown>>;
  if (rest.length === 0 && kind === 'omit') return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== step));
  return { ...fields, [step]: changed(fields[String(step)], rest, kind, odd) };
}
