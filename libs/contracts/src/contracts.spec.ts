import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstant, parseReference } from '@onedoor/kernel';
import * as contracts from './index.js';

const FOLDER = join(import.meta.dirname, 'golden');
const TYPES = Object.values<unknown>(contracts)
  .filter((value) => typeof value === 'string')
  .filter((value) => value.startsWith('gov.onedoor.'));
const SAMPLES = readdirSync(FOLDER).map(
  (file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as contracts.PublicEvent] as const,
);

/** CloudEvents 1.0, structured JSON: attribute names are lower-case letters and digits. */
const ATTRIBUTES = [
  'specversion',
  'id',
  'source',
  'type',
  'subject',
  'time',
  'datacontenttype',
  'sequence',
  'correlationid',
  'causationid',
  'jurisdiction',
  'traceparent',
  'data',
];

describe('public events', () => {
  it('each type has one golden sample, and there is none besides', () => {
    expect(SAMPLES.map(([file]) => file).sort()).toEqual(TYPES.map((type) => `${type}.json`).sort());
  });

  it.each(TYPES)('%s names its context, aggregate, fact and version', (type) => {
    expect(type).toMatch(/^gov\.onedoor\.[a-z]+\.[a-z-]+\.[a-z-]+\.v[1-9]\d*$/);
  });

  it.each(SAMPLES)('%s is a CloudEvent under its own type', (file, sample) => {
    expect(`${sample.type}.json`).toBe(file);
    expect(sample).toMatchObject({
      specversion: '1.0',
      datacontenttype: 'application/json',
      source: `/onedoor/${sample.type.split('.')[2]}`,
    });
    expect(Object.keys(sample).filter((name) => !ATTRIBUTES.includes(name))).toEqual([]);
    expect(Object.keys(sample).every((name) => /^[a-z0-9]{1,20}$/.test(name))).toBe(true);
  });

  it.each(SAMPLES)('%s is about a reference, at an instant, in an order', (_file, sample) => {
    if (sample.subject !== contracts.CITY_SUBJECT) expect(parseReference(sample.subject)).toBe(sample.subject);
    expect(sample.subject === contracts.CITY_SUBJECT).toBe(sample.type.includes('.catalog.'));
    expect(isInstant(sample.time)).toBe(true);
    expect(sample.sequence).toMatch(/^\d{8}\.\d+$/);
  });
});

describe("the topic of a department's work", () => {
  it.each([
    ['streets', 'onedoor.work.streets'],
    ['PWDx', 'onedoor.work.PWDx'],
    ['BHA_', 'onedoor.work.BHA_'],
    ['No Q', 'onedoor.work.No.20.Q'],
    ['a.b', 'onedoor.work.a.2e.b'],
    ['água 💧', 'onedoor.work..e1.gua.20..1f4a7.'],
  ])('%s: %s', (department, topic) => {
    expect(contracts.workTopic(department)).toBe(topic);
    expect(topic).toMatch(/^[A-Za-z0-9._-]{1,249}$/);
  });
});
