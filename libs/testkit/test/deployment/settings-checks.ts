import type { Check } from './check.js';
import { ownServices } from './deployment.js';

interface Settings {
  readonly Config: new () => object;
  readonly readConfig: (environment: Readonly<Record<string, string>>) => object | readonly string[];
}

// By path: the testkit depends on no platform.
const settings = '../../../platform/src/config/config.js';
const { Config, readConfig } = (await import(settings)) as Settings;

/** Each process knows every variable that it is given, and starts with them. */
export const settingsAreTaken: Check = (deployment) =>
  ownServices(deployment).flatMap(([name, { environment = {} }]) => {
    const config = readConfig(environment);
    return [
      ...Object.keys(environment)
        .filter((variable) => !(variable in new Config()))
        .map((variable) => `${name}: ${variable} is no setting`),
      ...(Array.isArray(config) ? (config as readonly string[]).map((problem) => `${name}: ${problem}`) : []),
    ];
  });

/** Addresses of engines name services of this file, which are waited for. */
export const addressesNameServices: Check = (deployment) =>
  ownServices(deployment).flatMap(([name, { environment = {}, depends_on = {} }]) =>
    ['EVENTSTORE_URL', 'KAFKA_BROKERS', 'MONGO_URL', 'SMTP_URL']
      .map((variable) => environment[variable] ?? '')
      .filter((address) => address !== '')
      .map((address) => /(?:^|@|\/\/)(?<host>[\w.-]+):\d+(?:[/?]|$)/.exec(address)?.groups?.['host'] ?? address)
      .filter((host) => !(host in depends_on))
      .map((host) => `${name}: ${host} is not waited for`),
  );

/** What is secret comes from outside, and the operator is told of everything that has to be. */
export const secretsAreGiven: Check = ({ raw, compose, example }) => {
  const written = Object.entries(raw).flatMap(([name, { environment = {} }]) =>
    Object.entries(environment)
      .filter(([variable, value]) => (/(KEYS?|PASSWORD)$/.test(variable) && !value.startsWith('${')) || /:\/\/[^/@$]+:[^$@/]+@/.test(value))
      .map(([variable]) => `${name}: ${variable} is written out`),
  );
  const needed = [...compose.matchAll(/\$\{(?<name>\w+):\?/g)].map(({ groups }) => groups?.['name'] ?? '');
  return [
    ...written,
    ...new Set(needed.filter((name) => !example.includes(`\n${name}=\n`)).map((name) => `${name} is not in the example`)),
  ];
};
