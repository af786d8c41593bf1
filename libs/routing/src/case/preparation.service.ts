import { Inject, Injectable } from '@nestjs/common';
import { Erased } from '@onedoor/engine';
import { assertNever, instantOf, msOf, reject, type Instant, type Reference, type Rejection } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import type { CaseCommand, WaitCase } from './command.js';
import { WAIT_REASONS } from './reasons.js';
import type { Sealed } from './sealed.js';
import type { Case } from './state.js';
import type { CaseWish } from './case-wish.js';
import { Policies } from './policies.service.js';

type Wish<Type extends CaseWish['type']> = Extract<CaseWish, { readonly type: Type }>;

/** Turns what staff want into a command that the decider can judge: with what is agreed, and with notes sealed. */
@Injectable()
export class Preparation {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly policies: Policies,
  ) {}

  /** A rejection where what is wanted names something that does not exist. */
  async commandFor(reference: Reference, wish: CaseWish, state: Case, at: Instant): Promise<CaseCommand | Rejection> {
    switch (wish.type) {
      case 'AcceptCase':
      case 'AssignCase':
      case 'StartCase':
      case 'ResumeCase':
        return { ...wish, at };
      case 'WaitCase':
        return this.wait(reference, wish, state, at);
      case 'TransferCase':
        return this.transfer(wish, state, at);
      case 'ReturnCase':
        return this.withNote(reference, wish.note, async (note) => ({ ...wish, at, note, withinHours: await this.returnHours(state) }));
      case 'ResolveCase':
        return this.withNote(reference, wish.note, async (note) => ({ ...wish, at, note }));
      case 'CloseCase':
        return { ...wish, at, round: state.round };
      case 'ReopenCase': {
        const { department, service, round } = state;
        return { ...wish, at, round, terms: department === null ? null : await this.policies.terms(department, service, at) };
      }
      default:
        return assertNever(wish);
    }
  }

  private async transfer({ department, reason }: Wish<'TransferCase'>, { service }: Case, at: Instant): Promise<CaseCommand | Rejection> {
    if (!(await this.policies.hasDepartment(department))) return reject('DEPARTMENT_UNKNOWN', 'department: there is no such department');
    const terms = await this.policies.terms(department, service, at);
    return { type: 'RouteCase', at, reason, placement: { department, because: 'staff', rulesVersion: null, terms } };
  }

  /** The promise stands still for a reason that the agreement lists, up to the cap that it sets. */
  private async wait(reference: Reference, wish: Wish<'WaitCase'>, { department }: Case, at: Instant): Promise<CaseCommand | Rejection> {
    const agreed = department === null ? null : await this.policies.agreement(department, at);
    const pauses = agreed?.pauses ?? [];
    const known = [...new Set([...pauses.map(({ reason }) => reason), ...WAIT_REASONS])];
    if (!known.includes(wish.reason)) return reject('WAIT_REASON_UNKNOWN', `reason: must be one of ${known.join(', ')}`);
    const cap = pauses.find(({ reason }) => reason === wish.reason);
    const pause: WaitCase['pause'] = cap === undefined ? null : { capAt: instantOf(msOf(at) + cap.capDays * DAY_MS) };
    return this.withNote(reference, wish.note, async (note) => ({ ...wish, at, pause, note }));
  }

  /** Within how many hours the department may send it back at 311's expense, by what was agreed when it arrived. */
  private async returnHours({ leg }: Case): Promise<number | null> {
    const agreed = leg && (await this.policies.agreement(leg.department, leg.startedAt));
    return agreed?.returnWithinHours ?? null;
  }

  private async withNote(
    reference: Reference,
    text: string | null,
    command: (note: Sealed | null) => Promise<CaseCommand>,
  ): Promise<CaseCommand | Rejection> {
    try {
      return await command(text === null ? null : await this.ports.vault.seal(reference, text));
    } catch (error) {
      if (error instanceof Erased)
        return reject('PERSONAL_DATA_ERASED', 'note: the free text of this request was erased, and takes no more');
      throw error;
    }
  }
}

const DAY_MS = 86_400_000;
