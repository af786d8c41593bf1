import type { Report } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import type { CaseAct } from './story.js';
import { addBusinessMs } from '@onedoor/sla';
import { agreedOn, departmentOf, type Agreed } from '../city/agreed.js';
import type { Step, Story } from './story.js';

/** So that no two steps share an instant. */
const LEAST_MS = 60_000;
const ROUTER = 'router';

/** Writes one story down, step by step, in the working hours of whoever does the work. */
export class Script {
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

  /** Whoever has it does something after so much working time: its department, or 311 while none has it. */
  after(ms: number, act: CaseAct): this {
    return this.step(ms, this.department === null ? ROUTER : `${this.department}-desk`, act);
  }

  /** 311 does something about it, whoever has it. */
  router(ms: number, act: CaseAct): this {
    return this.step(ms, ROUTER, act);
  }

  /** Work stands still after so much working time, and goes on when so much more has passed. */
  wait(ms: number, reason: string, lastingMs: number): this {
    const expectedUntil = addBusinessMs(this.agreed.hours, this.timeAfter(ms), Math.max(LEAST_MS, Math.round(lastingMs)));
    return this.after(ms, { name: 'wait', body: { reason, expectedUntil, note: null } }).after(lastingMs, { name: 'resume' });
  }

  /** The story as far as it has come by an instant. */
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
