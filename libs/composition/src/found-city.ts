import type { INestApplicationContext } from '@nestjs/common';
import { deterministicId } from '@onedoor/engine';
import { Catalog } from '@onedoor/intake';
import type { Actor, Instant } from '@onedoor/kernel';
import { SetUpRefused } from '@onedoor/platform';
import { Charter } from '@onedoor/routing';
import type { City } from './city.js';

/** Sets a city up through the same commands as any later change. Doing it again changes nothing; adding to it adds. */
export async function foundCity(app: INestApplicationContext, city: City, actor: Actor, recordedAt: Instant): Promise<void> {
  // The catalog first: it knows whether this data belongs to another city, before anything is added to it.
  await offerServices(app, city, actor, recordedAt);
  const charter = app.get(Charter);
  const founder = { actor, at: city.since, recordedAt };
  for (const { code, name } of city.departments) await charter.createDepartment(code, name, founder);
  for (const calendar of city.calendars) await charter.publishCalendar(calendar, founder);
  for (const { department, terms } of city.agreements) await charter.agree(department, terms, founder);
  await charter.publishRules(city.rules, founder);
}

async function offerServices(app: INestApplicationContext, city: City, actor: Actor, recordedAt: Instant): Promise<void> {
  const catalog = app.get(Catalog);
  const commands = [
    { type: 'OpenCatalog', at: city.since, city: city.name, zone: city.zone },
    { type: 'AddServices', at: city.since, services: city.services },
  ] as const;
  for (const command of commands) {
    const commandId = deterministicId('found', city.name, JSON.stringify(command));
    const refused = await catalog.change(command, { commandId, actor, correlationId: 'catalog-city', recordedAt });
    if (refused !== null) throw new SetUpRefused('catalog', refused);
  }
}
