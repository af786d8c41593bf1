import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStoreDbDouble, startMongoDouble, type EventStoreDbDouble, type MongoDouble } from '@onedoor/testkit';
import { json, jsonIn, onedoorIn } from './command-line.js';
import { AGREEMENTS, lineOf, madeUpRows, writeRecords } from './made-up-records.js';

const ROWS = 60;
const LIMIT_MS = 300_000;
const NOWHERE = '127.0.0.1:1';

/** Answers that do not depend on when and where a command ran. */
type Answered = Readonly<Record<string, unknown>>;

/** A log holds one city, so this one is on a double of EventStoreDB; MongoDB is real where one is named, in a database for this run. */
const ownDatabase = (url: string): string => url.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/cli_${process.pid}`);

describe('the command line on a real Kafka', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onedoor-engines-'));
  const at = (name: string): string => join(folder, name);
  const rows = madeUpRows(ROWS);
  const file = writeRecords(
    at('records.csv'),
    rows.map((row) => lineOf(row)),
  );
  writeFileSync(at('agreements.csv'), AGREEMENTS);
  const imports = ['import', 'boston-311', file, '--agreements', at('agreements.csv'), '--until', '2012-01-01T00:00:00Z'];
  const embedded = ['--data', at('embedded')];
  let eventStoreDb: EventStoreDbDouble;
  let mongo: MongoDouble;
  let engines: Readonly<Record<string, string>>;
  let here: Answered;
  let there: Answered;

  beforeAll(async () => {
    [eventStoreDb, mongo] = [await startEventStoreDbDouble(), await startMongoDouble()];
    engines = {
      ONEDOOR_PROFILE: 'distributed',
      EVENTSTORE_URL: eventStoreDb.connectionString,
      KAFKA_BROKERS: process.env['KAFKA_BROKERS'] ?? '',
      KAFKA_REPLICATION: '1',
      MONGO_URL: ownDatabase(process.env['MONGO_URL'] ?? mongo.url),
    };
    here = await json<Answered>(...imports, ...embedded);
    there = await jsonIn<Answered>(engines, ...imports);
  }, LIMIT_MS);
  afterAll(async () => {
    await eventStoreDb.close();
    await mongo.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('imports to the same counts and digest as in a data folder', () => {
    const { seconds: _took, requestsPerSecond: _rate, ...what } = there;
    expect(here).toMatchObject(what);
    expect(what).toMatchObject({ imported: ROWS, cases: ROWS });
  });

  it.each([
    ['sla compare', (): readonly string[] => ['sla', 'compare', file]],
    ['figures', (): readonly string[] => ['figures', '--from', '2011-07-01', '--to', '2011-07-31', '--by', 'department,service']],
  ])(
    '%s answers the same',
    async (_name, words) => {
      expect(await jsonIn(engines, ...words())).toEqual(await json(...words(), ...embedded));
    },
    LIMIT_MS,
  );

  // Ids are derived from content, and encryption gives another ciphertext each time.
  it(
    'replay answers the same, except for positions and ids',
    async () => {
      const words = ['replay', `boston-311:${rows[7]?.id}`];
      const told = async (answered: Promise<{ readonly timeline: readonly object[] }>): Promise<object> => {
        const { timeline, ...rest } = await answered;
        return { ...rest, timeline: timeline.map((entry) => ({ ...entry, position: null, cause: null })) };
      };
      expect(await told(jsonIn(engines, ...words))).toEqual(await told(json(...words, ...embedded)));
    },
    LIMIT_MS,
  );

  it(
    'doctor finds no problem, and rebuilt views are equal',
    async () => {
      expect(await jsonIn(engines, 'doctor')).toMatchObject({
        ok: true,
        problems: [],
        inUse: false,
        kafka: { error: null },
        eventStoreDb: { error: null },
      });
      expect(await jsonIn(engines, 'rebuild', '--verify')).toMatchObject({ equal: true });
    },
    LIMIT_MS,
  );

  it.each([
    ['a data folder beside engines', 2, {}, ['doctor', '--data', 'here'], /^--data: the distributed profile has no data folder/],
    ['an engine that is not named', 1, { EVENTSTORE_URL: '' }, ['doctor'], /EVENTSTORE_URL must be a connection string/],
    [
      'a log that is down',
      1,
      { EVENTSTORE_URL: `esdb://${NOWHERE}?tls=false` },
      ['replay', 'boston-311:1'],
      /EventStoreDB does not answer/,
    ],
    [
      'views that are down',
      1,
      { MONGO_URL: `mongodb://${NOWHERE}/` },
      ['figures', '--from', '2011-07-01', '--to', '2011-07-01'],
      /MongoDB cannot answer/,
    ],
  ])(
    'refuses %s in a few words',
    async (_what, expected, environment, words, message) => {
      const { code, stdout, stderr } = await onedoorIn({ ...engines, ...environment }, ...words);
      expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/\n\s+at /);
    },
    LIMIT_MS,
  );

  it(
    'doctor names an engine that is down',
    async () => {
      const { code, stdout } = await onedoorIn({ ...engines, KAFKA_BROKERS: NOWHERE }, 'doctor', '--json');
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, problems: [expect.stringMatching(/^KAFKA_BROKERS: Kafka does not answer/)] });
    },
    LIMIT_MS,
  );
});
