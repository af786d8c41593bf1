import { NestFactory } from '@nestjs/core';
import { issueToken } from '@onedoor/access';
import { foundCity, openPorts, ProductModule, TOPICS, type City } from '@onedoor/composition';
import type { Actor } from '@onedoor/kernel';
import { readConfig, type Config, type Ports, type Role } from '@onedoor/platform';
import { sayAlarm } from '../report.js';

const FOUNDER: Actor = { role: 'system', id: 'trial' };

/** The bearer token of a role or of `department:<code>`. */
export type Bearers = (who: Exclude<Role, 'department'> | `department:${string}`) => string;

/** Founds a city on the engines in the settings, before any service runs, and issues an API token for each role of a trial. */
export async function foundTrialCity(city: City, settings: Readonly<Record<string, string>>): Promise<Bearers> {
  const open = await openPorts({
    config: configOf(settings),
    client: 'trial',
    alarm: sayAlarm,
    onFailure: (error) => {
      throw error;
    },
  });
  try {
    return await foundOn(city, open.ports);
  } finally {
    await open.close();
  }
}

/** The same on open ports. */
export async function foundOn(city: City, ports: Ports): Promise<Bearers> {
  const app = await NestFactory.createApplicationContext(ProductModule.of(ports, { open311Keys: [] }), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  try {
    await ports.bus.declare(TOPICS);
    await foundCity(app, city, FOUNDER, ports.clock.now());
    const bearers = new Map<string, string>();
    const issue = async (who: string, role: Role, department: string | null): Promise<void> => {
      const { bearer } = await issueToken(app, { role, department, label: `trial ${who}`, expiresAt: null }, FOUNDER);
      bearers.set(who, `Bearer ${bearer}`);
    };
    for (const role of ['router', 'auditor', 'analyst', 'administrator'] as const) await issue(role, role, null);
    for (const { code } of city.departments) await issue(`department:${code}`, 'department', code);
    return (who) => {
      const bearer = bearers.get(who);
      if (bearer === undefined) throw new Error(`${who} has no token`);
      return bearer;
    };
  } finally {
    await app.close();
  }
}

/** The checked settings of the distributed profile; throws with all problems of them. */
export function configOf(settings: Readonly<Record<string, string>>): Config {
  const config = readConfig({ ...settings, ONEDOOR_PROFILE: 'distributed' });
  if (Array.isArray(config)) throw new Error(config.join('\n'));
  return config as Config;
}
