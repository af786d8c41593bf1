import type { Check } from './deployment/check.js';
import * as containers from './deployment/container-checks.js';
import { readDeployment, readTexts, type Texts } from './deployment/deployment.js';
import * as door from './deployment/door-checks.js';
import * as proxy from './deployment/proxy-checks.js';
import { ROUTES } from './deployment/routes.js';
import { NGINX_TABLE, SERVICES } from './deployment/services.js';
import * as settings from './deployment/settings-checks.js';

const { everyRouteHasItsWay, servicesAreContainers, containersFor, ...otherDoorChecks } = door;
const { addressesNameServices, ...otherSettingsChecks } = settings;
const { enginesAreOutOfReach, ...otherContainerChecks } = containers;
const OF_ONE_PROCESS: Readonly<Record<string, Check>> = { ...otherContainerChecks, ...otherSettingsChecks, ...otherDoorChecks };
const OF_MANY: Readonly<Record<string, Check>> = {
  ...OF_ONE_PROCESS,
  ...proxy,
  enginesAreOutOfReach,
  addressesNameServices,
  everyRouteHasItsWay,
  servicesAreContainers,
};

const DISTRIBUTED = readTexts('docker-compose.yml');

describe.each([
  ['docker-compose.yml', OF_MANY],
  ['docker-compose.embedded.yml', OF_ONE_PROCESS],
])('%s', (file, checks) => {
  const deployment = readDeployment(readTexts(file));

  it.each(Object.entries(checks))('%s', (_name, check) => {
    expect(check(deployment)).toEqual([]);
  });
});

describe('the distributed deployment', () => {
  it('has a process for each service, three engines, a mail catcher and one proxy', () => {
    const names = [...SERVICES.map(({ name }) => name), 'proxy', 'eventstore', 'kafka', 'mongo', 'mail'];
    expect(Object.keys(readDeployment(DISTRIBUTED).services).sort()).toEqual(names.sort());
  });

  it('knows the routes of every context that a process holds', () => {
    const contexts = SERVICES.flatMap((service) => service.contexts).map(({ name }) => name);
    expect([...new Set(ROUTES.map(({ context }) => context))].sort()).toEqual([...contexts, null].sort());
  });

  it('lacks a service that is planted in the table', () => {
    const found = containersFor([...SERVICES, { name: 'lanterns', contexts: [] }])(readDeployment(DISTRIBUTED));
    expect(found).toEqual(['lanterns: does not run apps/lanterns/dist/main.js', 'proxy: does not wait for lanterns']);
  });

  it('asks the services by the table that `npm run docs` writes', () => {
    expect(DISTRIBUTED.table).toBe(NGINX_TABLE);
  });
});

/** One mistake of each kind, and what it is called. */
const MISTAKES: readonly (readonly [finding: string, file: keyof Texts, from: string | RegExp, to: string])[] = [
  ['kafka: apache/kafka:latest is no exact version', 'compose', 'apache/kafka:4.1.0', 'apache/kafka:latest'],
  ['mongo: mongo:8 is no exact version', 'compose', 'mongo:8.0.13', 'mongo:8'],
  ['mongo: mongo is no exact version', 'compose', 'mongo:8.0.13', 'mongo'],
  ['FROM node:24-bookworm-slim', 'dockerfile', 'node:24.9.0-bookworm-slim', 'node:24-bookworm-slim'],
  ['intake: there is no infra/Dockerfile', 'compose', 'infra/docker/Dockerfile', 'infra/Dockerfile'],
  ['proxy: there is no ./infra/proxy/caddy.conf', 'compose', './infra/proxy/nginx.conf', './infra/proxy/caddy.conf'],
  ['proxy: there is no ./infra/proxy/paths.map', 'compose', './infra/proxy/services.map', './infra/proxy/paths.map'],
  ['audit: does not run apps/audit/dist/main.js', 'compose', 'apps/audit/', 'apps/analytics/'],
  ['proxy: does not wait for audit', 'compose', 'audit: { condition: service_healthy }', ''],
  ['ledger: is no service', 'compose', '\n  audit:\n', '\n  ledger:\n'],
  ['audit: there is no apps/auditor/src/main.ts', 'compose', 'apps/audit/', 'apps/auditor/'],
  ['audit: its command names no program', 'compose', '[node, --disable-warning=TimeoutNegativeWarning, apps/audit/dist/main.js]', '[node]'],
  ['Dockerfile: there is no apps/alone/src/main.ts', 'dockerfile', 'apps/standalone', 'apps/alone'],
  ['mail: has no health check', 'compose', /healthcheck:(?=\s+test: \["CMD", "\/mailpit")/, 'x-check:'],
  [
    'intake: does not wait until mail is healthy',
    'compose',
    'mail: { condition: service_healthy }',
    'mail: { condition: service_started }',
  ],
  ['proxy: does not wait until triage is healthy', 'compose', 'routing: { condition', 'triage: { condition'],
  ['volume spare is not used', 'compose', '\nvolumes:\n', '\nvolumes:\n  spare:\n'],
  ['volume kafka-log is not declared', 'compose', 'kafka-data:/var', 'kafka-log:/var'],
  ['network back is not used', 'compose', '\nnetworks:\n', '\nnetworks:\n  back:\n'],
  ['routing: lacks a user other than root', 'compose', 'user: node', 'user: root'],
  ['mail: lacks a user other than root', 'compose', 'user: "1000:1000"', 'user: "0:0"'],
  ['kafka: lacks a user other than root', 'compose', 'user: appuser', 'x-user: appuser'],
  ['mongo: lacks cap_drop: ALL', 'compose', 'cap_drop: [ALL]', 'cap_drop: [NET_RAW]'],
  ['mongo: lacks no-new-privileges', 'compose', 'no-new-privileges:true', 'no-new-privileges:false'],
  ['mail: lacks limits', 'compose', 'mem_limit: 256m', 'x-limit: 256m'],
  ['kafka: lacks a restart policy', 'compose', 'restart: unless-stopped', 'x-restart: unless-stopped'],
  ['audit: lacks a read-only root filesystem with a /tmp', 'compose', 'read_only: true', 'read_only: false'],
  ['proxy: lacks ports on this machine only', 'compose', '127.0.0.1:3110:3110', '3110:3110'],
  ['eventstore: can be reached from outside', 'compose', 'internal: true', 'internal: false'],
  ['intake: KAFKA_BROKER is no setting', 'compose', 'KAFKA_BROKERS:', 'KAFKA_BROKER:'],
  ['audit: ONEDOOR_OPEN311_KEY is no setting', 'compose', /ONEDOOR_RATE_LIMIT: .*/, 'ONEDOOR_OPEN311_KEY: good-key'],
  ['intake: KAFKA_REPLICATION must be at least 1', 'compose', 'KAFKA_REPLICATION: "1"', 'KAFKA_REPLICATION: "0"'],
  ['routing: store is not waited for', 'compose', 'esdb://eventstore', 'esdb://store'],
  ['routing: other is not waited for', 'compose', '@mongo:27017', '@other:27017'],
  ['mongo: MONGO_INITDB_ROOT_PASSWORD is written out', 'compose', /MONGO_INITDB_ROOT_PASSWORD: .*/, 'MONGO_INITDB_ROOT_PASSWORD: secret'],
  ['audit: MONGO_URL is written out', 'compose', /MONGO_URL: .*/, 'MONGO_URL: mongodb://onedoor:secret@mongo:27017/onedoor'],
  ['ONEDOOR_SESSION_KEY is not in the example', 'example', 'ONEDOOR_SESSION_KEY=', '# ONEDOOR_SESSION_KEY='],
  ['intake: listens on 3111, and is asked at 3110, 3110, 3110, 3110', 'compose', 'PORT: "3110"', 'PORT: "3111"'],
  ['intake: listens on 3110, and is asked at 3111, 3110, 3110, 3110', 'dockerfile', 'EXPOSE 3110', 'EXPOSE 3111'],
  ['intake: listens on 3110, and is asked at 3110, 3110, 3111, 3111', 'proxy', '$service:3110', '$service:3111'],
  ['proxy: listens on 80, and is asked at 3110, 3110', 'proxy', 'listen 3110', 'listen 80'],
  ['/api/v1/triage/queue of routing goes to intake', 'table', '~^/api/v1/triage(?:/|$) routing;', ''],
  ['/outbox of notifications goes to intake', 'table', '/outbox', '/inbox'],
  ['/api/v1/figures of analytics goes to routing', 'table', ' analytics;', ' routing;'],
  ['/open311/v2/services.x of intake goes to door', 'table', 'default intake;', 'default door;'],
  ['/api/v1/sessions of access goes to routing', 'table', '/cases', '/(?:cases|sessions)'],
  ['/metrics can be asked from outside', 'proxy', 'location ^~ /metrics { return 404; }', ''],
  ['/api/v1/departments/x/work is not streamed', 'proxy', 'proxy_buffering off;', ''],
  [
    '/api/v1/figures fits 2 rows of the table',
    'table',
    '~^/api/v1/figures(?:/|$) analytics;',
    '~^/api/v1/figures analytics;\n~^/api/v1/fig analytics;',
  ],
  ['/api/v1/figures is answered elsewhere than at routing', 'table', ' analytics;', ' routing;'],
  ['the table has 2 defaults', 'table', 'default intake;', 'default intake;\ndefault routing;'],
  ['/metrics fits 2 locations', 'proxy', 'location ^~ /readyz {', 'location ~ ^/m {'],
  ['there are 0 locations for everything else', 'proxy', 'location / {', 'location /open311 {'],
  ['bytes, and the proxy passes 262144', 'proxy', /client_max_body_size \w+;/, 'client_max_body_size 256k;'],
  ['1 blocks are not closed', 'proxy', 'server {', 'server { server {'],
  ['a block is closed that is not open', 'proxy', 'events {', 'events } {'],
  ['runs over lines: daemon off', 'proxy', 'daemon off;', 'daemon off'],
  ['/api/v1/departments/x/queue is streamed', 'proxy', '/work/?$', '/'],
];

describe('the check', () => {
  it.each(MISTAKES)('finds: %s', (finding, file, from, to) => {
    const changed = DISTRIBUTED[file].replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
    expect(changed).not.toBe(DISTRIBUTED[file]);
    const deployment = readDeployment({ ...DISTRIBUTED, [file]: changed });
    expect(Object.values(OF_MANY).flatMap((check) => check(deployment))).toContainEqual(expect.stringContaining(finding));
  });
});
