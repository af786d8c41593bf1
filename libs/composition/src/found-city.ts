import type { INestApplicationContext } from '@nestjs/common';
import { deterministicId } from '@onedoor/engine';
import { CATALOG_COMMANDS, CATALOG_ID } from '@onedoor/intake';
import type { Actor, Instant } from '@onedoor/kernel';
import { CommandGateway, SetUpRefused } from '@onedoor/platform';
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
  const gateway = app.get(CommandGateway);
  const commands = [
    ['open', { city: city.name, zone: city.zone }],
    ['add-services', { services: city.services }],
  ] as const;
  for (const [name, body] of commands) {
    const { type } = CATALOG_COMMANDS.commands[name];
    const commandId = deterministicId('found', city.name, JSON.stringify({ type, at: city.since, ...body }));
    const envelope = { commandId, actor, correlationId: 'catalog-city', recordedAt };
    const outcome = await gateway.send(CATALOG_COMMANDS, CATALOG_ID, name, body, city.since, envelope);
    if (outcome.outcome === 'rejected') throw new SetUpRefused('catalog', outcome);
  }
}
