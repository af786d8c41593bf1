import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as contracts from '../index.js';
import { ENVELOPE_SCHEMA } from './envelope-schema.js';
import { EVENT_SCHEMAS } from './public-topics.js';

type Json = Readonly<Record<string, unknown>>;

const FOLDER = join(import.meta.dirname, '../golden');
const TYPES = Object.values<unknown>(contracts)
  .filter((value) => typeof value === 'string')
  .filter((value) => value.startsWith('gov.onedoor.'));
const SAMPLES = readdirSync(FOLDER).map(
  (file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as contracts.PublicEvent & { readonly data: Json },
);

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(ENVELOPE_SCHEMA);
for (const [type, schema] of EVENT_SCHEMAS) ajv.addSchema(schema, type);

/** Members that messages of earlier releases lack. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  [contracts.REQUEST_SUBMITTED]: ['contact', 'reported'],
  [contracts.REQUEST_CLOSED]: ['details'],
  [contracts.CASE_RESOLVED]: ['details'],
  [contracts.CASE_REOPENED]: ['isCorrection', 'reason'],
  [contracts.PROMISE_MOVED]: ['reason', 'parts'],
  [contracts.WORK_ROUTED]: ['location'],
};

const isValid = (type: string, event: unknown): boolean => ajv.validate(type, event);
const without = (whole: Json, name: string): Json => Object.fromEntries(Object.entries(whole).filter(([other]) => other !== name));

/** Values of types that the member of a sample does not have. */
const wrongFor = (value: unknown): readonly unknown[] =>
  [[], { x: 1 }, typeof value === 'number' ? 'x' : 42].filter(
    (wrong) => !(isObject(value) && isObject(wrong)) && !(Array.isArray(value) && Array.isArray(wrong)),
  );
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

describe('the schemas of public events', () => {
  it('there is one for each type, and none besides', () => {
    expect([...EVENT_SCHEMAS.keys()].sort()).toEqual([...TYPES].sort());
  });

  it.each([...EVENT_SCHEMAS.values()])('$title says of each member what it means', ({ description, properties }) => {
    const members = Object.values(properties?.['data']?.properties ?? {});
    expect(members).not.toEqual([]);
    expect([description, ...members.map((member) => member.description)].every((words) => /^[A-Z].+\.$/.test(words ?? ''))).toBe(true);
  });
});

describe.each(SAMPLES)('the schema of $type', ({ type, ...attributes }) => {
  const sample: Json = { type, ...attributes };
  const { data } = attributes;

  it('takes the golden sample, also with members that it does not know', () => {
    expect(ajv.validate(type, sample) ? [] : ajv.errors).toEqual([]);
    expect(isValid(type, { ...sample, unknown: 1, data: { ...data, unknown: 1 } })).toBe(true);
  });

  it('knows every member of the golden sample', () => {
    const known = EVENT_SCHEMAS.get(type)?.properties?.['data']?.properties ?? {};
    expect(Object.keys(data).filter((name) => !(name in known))).toEqual([]);
    expect(Object.keys(sample).filter((name) => !(name in (ENVELOPE_SCHEMA.properties ?? {})))).toEqual([]);
  });

  it.each(Object.keys(sample))('refuses an event without %s, or with another kind of it', (name) => {
    expect(isValid(type, without(sample, name))).toBe(false);
    expect(wrongFor(sample[name]).filter((wrong) => isValid(type, { ...sample, [name]: wrong }))).toEqual([]);
  });

  it.each(Object.keys(data))('refuses data without %s, or with another kind of it', (name) => {
    // What came with a later release is absent in messages of earlier ones.
    const isAdded = LATER[type]?.includes(name) === true;
    expect(isValid(type, { ...sample, data: without(data, name) })).toBe(isAdded);
    expect(wrongFor(data[name]).filter((wrong) => isValid(type, { ...sample, data: { ...data, [name]: wrong } }))).toEqual([]);
  });

  it('refuses the events of every other type', () => {
    expect(SAMPLES.filter((other) => other.type !== type && isValid(type, other))).toEqual([]);
  });
});

describe('the envelope', () => {
  const [sample] = SAMPLES;
  const accepts = (change: Json): boolean => isValid(sample?.type ?? '', { ...sample, ...change });

  it('may carry a trace', () => {
    expect(accepts({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })).toBe(true);
  });

  it.each([
    { traceparent: 'none' },
    { specversion: '0.3' },
    { subject: '9AN-03NQ-K8NE' },
    { time: '2026-03-02T16:00:00Z' },
    { time: '2026-02-30T16:00:00.000Z' },
    { sequence: '4.0' },
    { id: 'not-an-id' },
    { source: '/onedoor/elsewhere' },
    { datacontenttype: 'text/plain' },
    { jurisdiction: '' },
  ])('refuses %j', (change) => {
    expect(accepts(change)).toBe(false);
  });
});
