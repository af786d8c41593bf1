import { readFileSync } from 'node:fs';

const { $schema: _schema, ...swc } = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

/** Tests compile with the build's own settings and read every library from its source: no build is needed before a test. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@onedoor/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', { ...swc, swcrc: false }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // What needs a real Kafka or MongoDB runs by `npm run test:engines` only.
  ...(process.env.ONEDOOR_TEST === 'engines'
    ? { testMatch: ['**/*.engines.spec.ts'] }
    : { testMatch: ['**/*.spec.ts'], testPathIgnorePatterns: ['/node_modules/', '\\.engines\\.spec\\.ts$'] }),
};
