import { Config, DEMO_KEY, readConfig } from './config.js';

const settings = (environment: Record<string, string | undefined>): Config => {
  const config = readConfig(environment);
  if (!(config instanceof Config)) throw new Error(config.join('\n'));
  return config;
};
const problems = (environment: Record<string, string | undefined>): readonly string[] => {
  const config = readConfig(environment);
  return config instanceof Config ? [] : config;
};

describe('settings', () => {
  it('have defaults for all variables', () => {
    expect(settings({})).toMatchObject({
      PORT: 3110,
      ONEDOOR_HOST: '127.0.0.1',
      ONEDOOR_DATA: './data',
      ONEDOOR_DEMO: false,
      ONEDOOR_DEMO_CASES: 500,
      ONEDOOR_DEMO_DRIP_SECONDS: 20,
      ONEDOOR_JURISDICTION: 'city',
      ONEDOOR_OPEN311_KEYS: [],
      ONEDOOR_RATE_LIMIT: 600,
      ONEDOOR_CLOCK_OFFSET_SECONDS: 0,
    });
  });

  it('take the default for an empty variable', () => {
    expect(settings({ PORT: '', ONEDOOR_DATA: '', ONEDOOR_DEMO: '' })).toMatchObject({
      PORT: 3110,
      ONEDOOR_DATA: './data',
      ONEDOOR_DEMO: false,
    });
  });

  it('are read from the variables', () => {
    expect(
      settings({
        PORT: '0',
        ONEDOOR_HOST: '0.0.0.0',
        ONEDOOR_DATA: '/var/onedoor',
        ONEDOOR_JURISDICTION: 'millbrook.gov',
        ONEDOOR_OPEN311_KEYS: ' first-key, second-key ,,',
        ONEDOOR_RATE_LIMIT: 'off',
        ONEDOOR_CLOCK_OFFSET_SECONDS: '-3600',
      }),
    ).toMatchObject({
      PORT: 0,
      ONEDOOR_HOST: '0.0.0.0',
      ONEDOOR_DATA: '/var/onedoor',
      ONEDOOR_JURISDICTION: 'millbrook.gov',
      ONEDOOR_OPEN311_KEYS: ['first-key', 'second-key'],
      ONEDOOR_RATE_LIMIT: 0,
      ONEDOOR_CLOCK_OFFSET_SECONDS: -3600,
    });
  });

  it('ignore variables of other programs', () => {
    expect(problems({ PATH: '/usr/bin', HOME: '/root' })).toEqual([]);
  });

  it.each([
    ['on', true],
    ['TRUE', true],
    ['1', true],
    ['off', false],
    ['False', false],
    ['0', false],
  ])('ONEDOOR_DEMO may be %s', (word, meaning) => {
    expect(settings({ ONEDOOR_DEMO: word }).ONEDOOR_DEMO).toBe(meaning);
  });

  it('include the key of the demo in demo mode, unless keys are given', () => {
    expect(settings({ ONEDOOR_DEMO: 'on' }).ONEDOOR_OPEN311_KEYS).toEqual([DEMO_KEY]);
    expect(settings({ ONEDOOR_DEMO: 'on', ONEDOOR_OPEN311_KEYS: 'my-key' }).ONEDOOR_OPEN311_KEYS).toEqual(['my-key']);
    expect(settings({}).ONEDOOR_OPEN311_KEYS).toEqual([]);
  });
});

describe('the key of sessions', () => {
  const distributed = {
    ONEDOOR_PROFILE: 'distributed',
    EVENTSTORE_URL: 'esdb://localhost:2113',
    KAFKA_BROKERS: 'localhost:9092',
    MONGO_URL: 'mongodb://localhost:27017/onedoor',
  };

  it('may be left out in the embedded profile', () => {
    expect(settings({}).ONEDOOR_SESSION_KEY).toBe('');
  });

  it('is required in the distributed profile, where several processes accept the same sessions', () => {
    expect(problems(distributed)).toEqual([expect.stringMatching(/^ONEDOOR_SESSION_KEY must/)]);
    expect(problems({ ...distributed, ONEDOOR_SESSION_KEY: 'k'.repeat(32) })).toEqual([]);
  });
});

describe('problems of settings', () => {
  it('include a jurisdiction that no client could send', () => {
    for (const jurisdiction of ['mill brook', 'müllbrook', 'x'.repeat(101)])
      expect(problems({ ONEDOOR_JURISDICTION: jurisdiction })).toEqual([expect.stringMatching(/^ONEDOOR_JURISDICTION must be/)]);
  });

  it('include the key of the demo outside demo mode', () => {
    expect(problems({ ONEDOOR_OPEN311_KEYS: `city-key,${DEMO_KEY}` })).toEqual([
      expect.stringMatching(/^ONEDOOR_OPEN311_KEYS .* outside demo mode/),
    ]);
    expect(problems({ ONEDOOR_OPEN311_KEYS: `${DEMO_KEY};charset=utf-8` })).toHaveLength(1);
    expect(problems({ ONEDOOR_DEMO: 'on', ONEDOOR_OPEN311_KEYS: DEMO_KEY })).toEqual([]);
  });

  it('include a charset of a key that is not known', () => {
    expect(problems({ ONEDOOR_OPEN311_KEYS: 'city-key;charset=windows-1252' })).toEqual([]);
    for (const charset of ['klingon', ''])
      expect(problems({ ONEDOOR_OPEN311_KEYS: `city-key;charset=${charset}` })).toEqual([
        expect.stringMatching(/^ONEDOOR_OPEN311_KEYS must name charsets that are known/),
      ]);
  });

  it.each([
    ['PORT', 'many'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['ONEDOOR_DEMO', 'maybe'],
    ['ONEDOOR_DEMO', 'constructor'],
    ['ONEDOOR_DEMO_CASES', 'many'],
    ['ONEDOOR_DEMO_DRIP_SECONDS', '-1'],
    ['ONEDOOR_OPEN311_KEYS', 'abc'],
    ['ONEDOOR_OPEN311_KEYS', 'good-key,with space'],
    ['ONEDOOR_RATE_LIMIT', '0'],
    ['ONEDOOR_RATE_LIMIT', '-5'],
    ['ONEDOOR_RATE_LIMIT', 'none'],
    ['ONEDOOR_CLOCK_OFFSET_SECONDS', 'tomorrow'],
    ['ONEDOOR_SESSION_KEY', 'too short to be safe'],
    ['ONEDOOR_BEHIND_TLS', 'maybe'],
  ])('name the variable: %s=%s', (name, value) => {
    const found = problems({ [name]: value });
    expect(found).not.toEqual([]);
    expect(found.every((problem) => problem.startsWith(name))).toBe(true);
  });

  it('are all returned at once', () => {
    const found = problems({
      PORT: 'many',
      ONEDOOR_DEMO: 'maybe',
      ONEDOOR_RATE_LIMIT: 'none',
      ONEDOOR_CLOCK_OFFSET_SECONDS: 'soon',
      ONEDOOR_OPEN311_KEYS: 'x',
    });
    for (const name of ['PORT', 'ONEDOOR_DEMO', 'ONEDOOR_RATE_LIMIT', 'ONEDOOR_CLOCK_OFFSET_SECONDS', 'ONEDOOR_OPEN311_KEYS']) {
      expect(found.some((problem) => problem.startsWith(name))).toBe(true);
    }
  });

  it('include an unknown variable, such as a misspelt one', () => {
    expect(problems({ ONEDOOR_DATTA: '/var/onedoor' })).toEqual(['ONEDOOR_DATTA is no setting of OneDoor']);
  });

  it('never contain the value of a key', () => {
    expect(problems({ ONEDOOR_SESSION_KEY: 'my secret key' }).join()).not.toContain('secret key');
    expect(problems({ ONEDOOR_OPEN311_KEYS: 'my secret key' }).join()).not.toContain('secret key');
  });
});
