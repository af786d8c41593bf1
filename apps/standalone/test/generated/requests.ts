import fc, { type Arbitrary } from 'fast-check';
import { valuesOf } from './arbitrary-of-schema.js';
import type { Operation, Parameter } from './document.js';
import { mutated, ODD } from './mutations.js';

/** A request, ready to be sent. */
export interface GeneratedRequest {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
}

/** Ids that exist, by the names that the paths and parameters have for them. */
export type KnownIds = Readonly<Record<string, readonly string[]>>;

/** Requests of an operation as it is described, and ones that differ from it in one thing or more. */
export function requestsOf(operation: Operation, known: KnownIds): Arbitrary<GeneratedRequest> {
  const given = operation.parameters.map((parameter) => fc.tuple(fc.constant(parameter), parameterValue(parameter, known)));
  return fc.tuple(fc.tuple(...given), bodyOf(operation)).map(([parameters, body]) => {
    const present = parameters.filter((pair): pair is [Parameter, string] => pair[1] !== null);
    const of = (place: Parameter['in']): readonly [Parameter, string][] => present.filter(([parameter]) => parameter.in === place);
    const path = of('path').reduce((at, [{ name }, text]) => at.replace(`{${name}}`, () => encodeURIComponent(text)), operation.path);
    const query = of('query').map(([{ name }, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
    const headers = of('header').map(([{ name }, text]) => [name.toLowerCase(), text.replaceAll(/[^\x20-\x7e]/g, '?')]);
    return {
      method: operation.method,
      url: query.length === 0 ? path : `${path}?${query.join('&')}`,
      headers: { ...Object.fromEntries(headers), ...(body !== null && { 'content-type': body.type }) },
      ...(body !== null && { payload: body.text }),
    };
  });
}

/** A text for a parameter; null where it is left out. A path has one in any case, and it is no empty one: that would be another path. */
function parameterValue({ name, in: place, required, schema }: Parameter, known: KnownIds): Arbitrary<string | null> {
  const ids = known[name] ?? [];
  const described = valuesOf(schema).map(String);
  const odd = ODD.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  const text = fc
    .oneof(
      ...(ids.length > 0 ? [{ weight: 4, arbitrary: fc.constantFrom(...ids) }] : []),
      { weight: 3, arbitrary: described },
      { weight: 2, arbitrary: odd },
    )
    .map((value) => value.toWellFormed().slice(0, 400));
  if (place === 'path') return text.map((value) => (value === '' || value === '.' || value === '..' ? 'x' : value));
  return required ? fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) }) : fc.option(text);
}

interface Body {
  readonly type: string;
  readonly text: string;
}

function bodyOf({ bodies }: Operation): Arbitrary<Body | null> {
  const types = Object.entries(bodies);
  if (types.length === 0)
    return fc.oneof(
      { weight: 5, arbitrary: fc.constant(null) },
      ODD.map((value) => ({ type: JSON_TYPE, text: json(value) })),
    );
  return fc.oneof(
    ...types.map(([type, { schema, example }]) => {
      const valid = example === undefined ? valuesOf(schema) : fc.oneof(valuesOf(schema), fc.constant(example));
      const value = fc.oneof({ weight: 2, arbitrary: valid }, { weight: 3, arbitrary: valid.chain(mutated) });
      return value.chain((one) => written(type, one));
    }),
  );
}

const JSON_TYPE = 'application/json';
const json = (value: unknown): string => JSON.stringify(value) ?? '';

/** A value in a media type: whole for the most part, now and then cut short. */
function written(type: string, value: unknown): Arbitrary<Body> {
  const text = WRITERS[type]?.(value) ?? json(value);
  const sent = { type: type.startsWith('multipart/') ? `${type}; boundary=edge` : type, text };
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(sent) },
    { weight: 1, arbitrary: fc.nat(text.length).map((length) => ({ ...sent, text: text.slice(0, length) })) },
  );
}

const fieldsOf = (value: unknown): readonly (readonly [string, string])[] =>
  Object.entries((value ?? {}) as object).map(([name, field]) => [name, (typeof field === 'string' ? field : json(field)).toWellFormed()]);

const WRITERS: Readonly<Record<string, (value: unknown) => string>> = {
  'application/x-www-form-urlencoded': (value) => new URLSearchParams(Object.fromEntries(fieldsOf(value))).toString(),
  'multipart/form-data': (value) =>
    `${fieldsOf(value)
      .map(([name, field]) => `--edge\r\nContent-Disposition: form-data; name="${name.replaceAll('"', '%22')}"\r\n\r\n${field}\r\n`)
      .join('')}--edge--\r\n`,
};
