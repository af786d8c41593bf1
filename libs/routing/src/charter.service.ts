import { Inject, Injectable } from '@nestjs/common';
import { workTopic } from '@onedoor/contracts';
import { deterministicId, Executor, type Envelope } from '@onedoor/engine';
import { canonicalJson, type Actor, type Instant } from '@onedoor/kernel';
import { CommandGateway, PORTS, SetUpRefused, type Ports } from '@onedoor/platform';
import type { Calendar } from '@onedoor/sla';
import { AGREEMENT_COMMANDS } from './agreement/commands/index.js';
import { CALENDAR_COMMANDS } from './calendar/commands/index.js';
import { DEPARTMENT_COMMANDS } from './department/commands/index.js';
import { RULES_COMMANDS } from './rules/commands/index.js';
import { PARTIES, type AgreementTerms } from './agreement/agreement.js';
import type { RoutingRule } from './rules/decider.js';
import { AGREEMENT, CALENDAR, DEPARTMENT, ROUTING_RULES, RULES_ID } from './aggregates.js';

/** A calendar or an agreement before it has a version: whether it needs a new one shows when it is published. */
export type CalendarDraft = Omit<Calendar, 'version'>;
export type AgreementDraft = Omit<AgreementTerms, 'version'>;

/** Who sets a city up, and when that counts for. */
export interface Founder {
  readonly actor: Actor;
  readonly at: Instant;
  readonly recordedAt: Instant;
}

/**
 * Sets up what routing goes by: departments, calendars, agreements that both sides signed, rules. Saying the same twice
 * changes nothing. Throws `SetUpRefused` where the streams refuse: a set-up that is refused is not half done in silence.
 */
@Injectable()
export class Charter {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly executor: Executor,
    private readonly gateway: CommandGateway,
  ) {}

  /** The topic of its work first: no department is routed anything that could not be told to it. */
  async createDepartment(code: string, name: string, founder: Founder): Promise<void> {
    await this.ports.bus.declare([workTopic(code)]);
    await this.settle(DEPARTMENT_COMMANDS, DEPARTMENT, code, 'create', { code, name }, founder);
  }

  /** Publishes the calendar as its next version, unless the present one says the same. */
  async publishCalendar(draft: CalendarDraft, founder: Founder): Promise<void> {
    const { state } = await this.executor.load(CALENDAR, draft.id);
    const calendar = nextVersion(draft, state.at(-1) ?? null);
    await this.settle(CALENDAR_COMMANDS, CALENDAR, calendar.id, 'publish', { calendar }, founder);
  }

  /**
   * Proposes the terms as the next version, unless the present one says the same, and signs for both sides, once the department
   * can be told of its work.
   */
  async agree(department: string, draft: AgreementDraft, founder: Founder): Promise<void> {
    await this.ports.bus.declare([workTopic(department)]);
    const { state } = await this.executor.load(AGREEMENT, department);
    const present = state.versions.at(-1)?.terms ?? null;
    const terms = nextVersion(draft, present);
    if (terms.version !== present?.version) await this.settle(AGREEMENT_COMMANDS, AGREEMENT, department, 'propose', { terms }, founder);
    for (const party of PARTIES) {
      await this.settle(AGREEMENT_COMMANDS, AGREEMENT, department, 'sign', { version: terms.version, party }, founder);
    }
  }

  publishRules(rules: readonly RoutingRule[], founder: Founder): Promise<void> {
    return this.settle(RULES_COMMANDS, ROUTING_RULES, RULES_ID, 'publish', { rules }, founder);
  }

  private async settle<State, Name extends string>(
    set: { existing(state: State): unknown; readonly commands: Readonly<Record<Name, { readonly type: string }>> },
    { category }: { readonly category: string },
    id: string,
    name: Name,
    body: object,
    { actor, at, recordedAt }: Founder,
  ): Promise<void> {
    const { type } = set.commands[name];
    const envelope: Envelope = {
      commandId: deterministicId('charter', category, id, JSON.stringify({ type, at, ...body })),
      actor,
      correlationId: `${category}-${id}`,
      recordedAt,
    };
    const outcome = await this.gateway.send(set, id, name, body, at, envelope);
    if (outcome.outcome === 'rejected') throw new SetUpRefused(`${category} ${id}`, outcome);
  }
}

function nextVersion<Draft extends object>(
  draft: Draft,
  present: (Draft & { readonly version: number }) | null,
): Draft & { readonly version: number } {
  const version = present?.version ?? 1;
  const isSame = present === null || canonicalJson({ ...draft, version }) === canonicalJson(present);
  return { ...draft, version: isSame ? version : version + 1 };
}
