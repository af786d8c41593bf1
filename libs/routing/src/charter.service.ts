import { Inject, Injectable } from '@nestjs/common';
import { workTopic } from '@onedoor/contracts';
import { deterministicId, Executor, type Aggregate, type Envelope } from '@onedoor/engine';
import { canonicalJson, type Actor, type DomainEvent, type Instant } from '@onedoor/kernel';
import { PORTS, SetUpRefused, type Ports } from '@onedoor/platform';
import type { Calendar } from '@onedoor/sla';
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
  ) {}

  /** The topic of its work first: no department is routed anything that could not be told to it. */
  async createDepartment(code: string, name: string, founder: Founder): Promise<void> {
    await this.ports.bus.declare([workTopic(code)]);
    await this.settle(DEPARTMENT, code, { type: 'CreateDepartment', at: founder.at, code, name }, founder);
  }

  /** Publishes the calendar as its next version, unless the present one says the same. */
  async publishCalendar(draft: CalendarDraft, founder: Founder): Promise<void> {
    const { state } = await this.executor.load(CALENDAR, draft.id);
    const calendar = nextVersion(draft, state.at(-1) ?? null);
    await this.settle(CALENDAR, calendar.id, { type: 'PublishCalendar', at: founder.at, calendar }, founder);
  }

  /**
   * Proposes the terms as the next version, unless the present one says the same, and signs for both sides, once the department
   * can be told of its work.
   */
  async agree(department: string, draft: AgreementDraft, founder: Founder): Promise<void> {
    await this.ports.bus.declare([workTopic(department)]);
    const { at } = founder;
    const { state } = await this.executor.load(AGREEMENT, department);
    const present = state.versions.at(-1)?.terms ?? null;
    const terms = nextVersion(draft, present);
    if (terms.version !== present?.version) await this.settle(AGREEMENT, department, { type: 'ProposeAgreement', at, terms }, founder);
    for (const party of PARTIES) {
      await this.settle(AGREEMENT, department, { type: 'SignAgreement', at, version: terms.version, party }, founder);
    }
  }

  publishRules(rules: readonly RoutingRule[], founder: Founder): Promise<void> {
    return this.settle(ROUTING_RULES, RULES_ID, { type: 'PublishRoutingRules', at: founder.at, rules }, founder);
  }

  private async settle<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    command: Command,
    founder: Founder,
  ): Promise<void> {
    const envelope: Envelope = {
      commandId: deterministicId('charter', aggregate.category, id, JSON.stringify(command)),
      actor: founder.actor,
      correlationId: `${aggregate.category}-${id}`,
      recordedAt: founder.recordedAt,
    };
    const answer = await this.executor.execute(aggregate, id, command, envelope);
    if (answer.outcome === 'rejected') throw new SetUpRefused(`${aggregate.category} ${id}`, answer);
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
