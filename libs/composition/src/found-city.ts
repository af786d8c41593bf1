import type { INestApplicationContext } from '@nestjs/common';
import { deterministicId, Executor } from '@onedoor/engine';
import { CATALOG_COMMANDS, CATALOG_ID, definitionOf, SERVICE_CATALOG, type ServiceDraft } from '@onedoor/intake';
import { canonicalJson, laterOf, type Actor, type Instant } from '@onedoor/kernel';
import { ALL_PORTS, CommandGateway, SetUpRefused, type CommandDone, type Ports } from '@onedoor/platform';
import {
  AGREEMENT,
  AGREEMENT_COMMANDS,
  CALENDAR,
  CALENDAR_COMMANDS,
  DEPARTMENT_COMMANDS,
  ROUTING_RULES,
  RULES_COMMANDS,
  RULES_ID,
  type AgreementTermsBody,
  type CalendarDraft,
  type RoutingRule,
} from '@onedoor/routing';
import { CONTEXTS } from './contexts.js';

/** A city as it is set up: what can be asked for, who answers, by when. */
export interface City {
  readonly name: string;
  /** IANA zone of the city's days. */
  readonly zone: string;
  /** From when all of this counts. */
  readonly since: Instant;
  readonly departments: readonly { readonly code: string; readonly name: string }[];
  readonly services: readonly ServiceDraft[];
  readonly calendars: readonly CalendarDraft[];
  readonly agreements: readonly { readonly department: string; readonly terms: AgreementTermsBody }[];
  readonly rules: readonly RoutingRule[];
  /** Whether rules for services that `rules` does not name stay as they are. Where it is left out, `rules` are those of the whole city. */
  readonly keepsOtherRules?: boolean;
}

/** What setting a city up changed. */
export interface FoundedCity {
  /** An entry for each event that was written, in their order. */
  readonly changes: readonly CityChange[];
  /** What says something else in the log than in the city, and stays as the log has it: names and definitions are given once. */
  readonly kept: readonly string[];
}

export interface CityChange {
  /** Such as `department`. */
  readonly of: string;
  readonly id: string;
  readonly event: string;
  /** One sentence for people. */
  readonly says: string;
}

/**
 * Sets a city up through the same commands as any later change, and signs its agreements for both sides. Doing it again changes nothing;
 * adding to it adds, and what is added or changed counts from `recordedAt` on, because what came before was decided without it. Throws
 * `SetUpRefused` where a command is refused: a set-up that is refused is not half done in silence.
 */
export async function foundCity(app: INestApplicationContext, city: City, actor: Actor, recordedAt: Instant): Promise<FoundedCity> {
  return found(app, city, { actor, recordedAt }, throwRefused);
}

/** What a set-up would do, or every reason why it can not be done. */
export interface TriedCity extends FoundedCity {
  /** One line for each command that is refused. */
  readonly refusals: readonly string[];
}

/** The same on ports that write nothing: goes on behind a refusal, as far as nothing else depends on what was refused. */
export async function tryCity(app: INestApplicationContext, city: City, actor: Actor, recordedAt: Instant): Promise<TriedCity> {
  const refusals: string[] = [];
  const founded = await found(app, city, { actor, recordedAt }, ({ message }) => refusals.push(message));
  return { ...founded, refusals };
}

const throwRefused = (refused: SetUpRefused): never => {
  throw refused;
};

async function found(
  app: INestApplicationContext,
  city: City,
  { actor, recordedAt }: { readonly actor: Actor; readonly recordedAt: Instant },
  onRefused: (refused: SetUpRefused) => void,
): Promise<FoundedCity> {
  const { store, jurisdiction } = app.get<Ports>(ALL_PORTS);
  const executor = new Executor(store, jurisdiction);
  const isNew = (await executor.load(SERVICE_CATALOG, CATALOG_ID)).state.city === null;
  const founding = new Founding(app, { actor, at: isNew ? city.since : laterOf(city.since, recordedAt), recordedAt }, onRefused);
  // The catalog first: it knows whether this data belongs to another city, before anything is added to it.
  const opened = await founding.send(CATALOG_COMMANDS, CATALOG_ID, 'open', { city: city.name, zone: city.zone });
  if (opened === null) return founding.outcome();
  const added = await founding.send(CATALOG_COMMANDS, CATALOG_ID, 'add-services', { services: city.services });
  for (const service of city.services) {
    if (added !== null && canonicalJson(added.state.services.get(service.code)) !== canonicalJson(definitionOf(service)))
      founding.keep(`service ${service.code}: keeps the definition that it was added with`);
  }
  for (const { code, name } of city.departments) {
    const created = await founding.send(DEPARTMENT_COMMANDS, code, 'create', { code, name });
    if (created !== null && created.state.name !== name)
      founding.keep(`department ${code}: keeps the name that it was created with, ${created.state.name}`);
  }
  for (const { id, ...calendar } of city.calendars) {
    const basedOn = (await executor.load(CALENDAR, id)).state.length;
    await founding.send(CALENDAR_COMMANDS, id, 'publish', { basedOn, calendar });
  }
  for (const { department, terms } of city.agreements) {
    const basedOn = (await executor.load(AGREEMENT, department)).state.versions.length;
    const proposed = await founding.send(AGREEMENT_COMMANDS, department, 'propose', { basedOn, terms });
    if (proposed !== null) await founding.send(AGREEMENT_COMMANDS, department, 'sign', { version: proposed.state.versions.length });
  }
  const present = (await executor.load(ROUTING_RULES, RULES_ID)).state;
  const rules = city.keepsOtherRules ? [...othersOf(present.rules, city.rules), ...city.rules] : city.rules;
  await founding.send(RULES_COMMANDS, RULES_ID, 'publish', { basedOn: present.version, rules });
  return founding.outcome();
}

function othersOf(present: readonly RoutingRule[], named: readonly RoutingRule[]): readonly RoutingRule[] {
  const services = new Set(named.map(({ service }) => service));
  return present.filter(({ service }) => !services.has(service));
}

interface SetOf<State, Name extends string> {
  existing(state: State): unknown;
  readonly commands: Readonly<Record<Name, { readonly type: string }>>;
}

/** Sends the commands of a set-up, and notes what they change. */
class Founding {
  private readonly changes: CityChange[] = [];
  private readonly kept: string[] = [];
  private readonly gateway: CommandGateway;

  constructor(
    app: INestApplicationContext,
    private readonly of: { readonly actor: Actor; readonly at: Instant; readonly recordedAt: Instant },
    private readonly onRefused: (refused: SetUpRefused) => void,
  ) {
    this.gateway = app.get(CommandGateway);
  }

  /** Null where the command is refused. */
  async send<State, Name extends string>(
    set: SetOf<State, Name>,
    id: string,
    name: Name,
    body: object,
  ): Promise<CommandDone<State> | null> {
    const { category, describe } = aggregateOf(set);
    const { at, actor, recordedAt } = this.of;
    // The version that it is based on is part of the body, so what is set up again after something else is a command of its own.
    const commandId = deterministicId('set-up', category, id, JSON.stringify({ type: set.commands[name].type, at, ...body }));
    const envelope = { commandId, actor, correlationId: `${category}-${id}`, recordedAt };
    const outcome = await this.gateway.send(set, id, name, body, at, envelope);
    // Of catalogs and rules a city has one.
    if (outcome.outcome === 'rejected') {
      this.onRefused(new SetUpRefused(id === CATALOG_ID ? category : `${category} ${id}`, outcome));
      return null;
    }
    if (outcome.outcome === 'preview') throw new Error('Broken guarantee: a set-up asks for what is done');
    this.changes.push(...outcome.events.map((event) => ({ of: category, id, event: event.type, says: describe(event) })));
    return outcome;
  }

  keep(what: string): void {
    this.kept.push(what);
  }

  outcome(): FoundedCity {
    return { changes: this.changes, kept: this.kept };
  }
}

function aggregateOf(set: object) {
  const found = CONTEXTS.flatMap(({ aggregates }) => aggregates).find(({ commands }) => commands === set);
  if (found === undefined) throw new Error('Broken guarantee: a set of commands belongs to an aggregate');
  return { category: found.of.category, describe: found.describe };
}
