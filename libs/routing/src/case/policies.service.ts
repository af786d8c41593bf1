import { Injectable } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { startClock, type Calendar } from '@onedoor/sla';
import type { AgreementTerms } from '../agreement/agreement.js';
import { termsInForce } from '../agreement/decider.js';
import { calendarInForce } from '../calendar/decider.js';
import { RESOLVE } from './leg.js';
import type { Placement, Terms } from './promise.js';
import { Departments } from '../department/departments.service.js';
import { ruleInForce } from '../rules/decider.js';
import { AGREEMENT, CALENDAR, ROUTING_RULES, RULES_ID } from '../aggregates.js';

/**
 * What was agreed and published at an instant, as commands need it: rules, agreements, calendars and departments count from when they were
 * given, so that a message that arrives late is decided as on its day. Read from the streams themselves, never from a view that may lag.
 */
@Injectable()
export class Policies {
  constructor(
    private readonly executor: Executor,
    private readonly departments: Departments,
  ) {}

  /**
   * Where a case of this service goes: to the department that was named, else by the rules, else to triage. A department that was not
   * created by then is none: no department would have heard of the work.
   */
  async place(service: string, named: string | null, at: Instant): Promise<Placement> {
    if (named !== null && (await this.departments.had(named, at)))
      return { department: named, because: 'reported', rulesVersion: null, terms: await this.terms(named, service, at) };
    const { state: rules } = await this.executor.load(ROUTING_RULES, RULES_ID);
    const { department, version: rulesVersion } = ruleInForce(rules, service, at);
    if (department === null || !(await this.departments.had(department, at)))
      return { department: null, because: 'fallback', rulesVersion, terms: null };
    return { department, because: 'rules', rulesVersion, terms: await this.terms(department, service, at) };
  }

  /** What a department owes for a service from an instant on, with clocks started then; null where nothing is agreed. */
  async terms(department: string, service: string, startedAt: Instant): Promise<Terms | null> {
    const agreed = await this.agreement(department, startedAt);
    const targets = agreed?.targets.filter((target) => target.service === service) ?? [];
    if (agreed === null || targets.length === 0) return null;
    const calendar = await this.calendar(agreed.calendarId, startedAt);
    if (calendar === null) return null;
    const { version: agreementVersion, warnings } = agreed;
    const clocks = targets.map(({ milestone, target }) =>
      startClock({ milestone, startedAt, target, calendar, warnings: milestone === RESOLVE ? warnings : [] }),
    );
    const clock = clocks.find(({ milestone }) => milestone === RESOLVE) ?? null;
    return { agreementVersion, clock, milestones: clocks.filter((each) => each !== clock) };
  }

  /** The agreement of a department in force at an instant. */
  async agreement(department: string, at: Instant): Promise<AgreementTerms | null> {
    const { state } = await this.executor.load(AGREEMENT, department);
    return termsInForce(state, at);
  }

  hasDepartment(code: string): Promise<boolean> {
    return this.departments.has(code);
  }

  private async calendar(id: string, at: Instant): Promise<Calendar | null> {
    const { state } = await this.executor.load(CALENDAR, id);
    return calendarInForce(state, at);
  }
}
