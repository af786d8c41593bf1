import type { Report } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import type { CaseCommandName } from '@onedoor/routing';
import { addBusinessMs } from '@onedoor/sla';
import { agreedOn, departmentOf, type Agreed } from '../city/agreed.js';

/** What happens to one request of the demo: which account does what when. */
export interface Story {
  /** Unique among stories: the ids of all commands of a story follow from it. */
  readonly key: string;
  readonly at: Instant;
  readonly report: Report;
  /** In the order of their instants. */
  readonly steps: readonly Step[];
}

export interface Step {
  readonly at: Instant;
  /** The account that does it. */
  readonly by: string;
  readonly act: CaseAct;
}

/** A command of a case, by its name, with the body that its definition takes. */
export interface CaseAct {
  readonly name: CaseCommandName;
  readonly body?: object;
}

/** The least time between two steps, so that they never share an instant. */
const LEAST_MS = 60_000;
const ROUTER = 'router';

/** Builds one story step by step, in the working hours of the department that does the work. */
export class StoryBuilder {
  readonly agreed: Agreed;
  private readonly steps: Step[] = [];
  private department: string | null;
  private time: Instant;

  constructor(
    private readonly key: string,
    private readonly at: Instant,
    private readonly report: Report,
  ) {
    this.agreed = agreedOn(report.serviceCode, at);
    this.department = departmentOf(report.serviceCode);
    this.time = at;
  }

  /** The department that has the case acts after so much working time; 311 does while no department has it. */
  after(ms: number, act: CaseAct): this {
    return this.step(ms, this.department === null ? ROUTER : `${this.department}-desk`, act);
  }

  /** 311 acts, whichever department has the case. */
  router(ms: number, act: CaseAct): this {
    return this.step(ms, ROUTER, act);
  }

  /** The case waits after so much working time, and resumes when so much more has passed. */
  wait(ms: number, reason: string, lastingMs: number): this {
    const expectedUntil = addBusinessMs(this.agreed.hours, this.timeAfter(ms), Math.max(LEAST_MS, Math.round(lastingMs)));
    return this.after(ms, { name: 'wait', body: { reason, expectedUntil, note: null } }).after(lastingMs, { name: 'resume' });
  }

  /** The story without the steps after an instant. */
  until(now: Instant): Story {
    return { key: this.key, at: this.at, report: this.report, steps: this.steps.filter(({ at }) => at <= now) };
  }

  private step(ms: number, by: string, act: CaseAct): this {
    this.time = this.timeAfter(ms);
    this.steps.push({ at: this.time, by, act });
    if (act.name === 'transfer') this.department = (act.body as { readonly department: string }).department;
    if (act.name === 'return') this.department = null;
    return this;
  }

  private timeAfter(ms: number): Instant {
    return addBusinessMs(this.agreed.hours, this.time, Math.max(LEAST_MS, Math.round(ms)));
  }
}
