import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { instantOf, msOf } from '@onedoor/kernel';
import { Allow, bodyOf, CurrentPrincipal, type Principal, type Reply } from '@onedoor/platform';
import { CaseDesk, type CaseCall, type StandingCase } from '../case-desk.js';
import { caseAnswer, caseView, type CaseAnswer, type CaseView } from '../case-view.js';
import type { CaseWish } from '../case-wish.js';
import { mayActOn } from '../may-act-on.js';
import { AssignCaseDto, ReopenCaseDto, ResolveCaseDto, ReturnCaseDto, TransferCaseDto, WaitCaseDto } from './case-bodies.dto.js';
import { CurrentCaseCall, referenceOf, tagOf } from './case-call.js';
import { noBody } from './no-body.pipe.js';
import { refused } from './refused.js';

/**
 * Cases, for who works on them: a department on its own, 311 on all. Every command needs `If-Match` with the ETag the case was read
 * with, and is done once for an `Idempotency-Key`. Refusals carry their `code`.
 */
@Allow('department', 'router')
@Controller('api/v1/cases')
export class CasesController {
  constructor(private readonly desk: CaseDesk) {}

  @Get(':reference')
  @Allow('department', 'router', 'auditor')
  async read(@Param('reference') text: string, @CurrentPrincipal() principal: Principal, @Res({ passthrough: true }) reply: Reply): Promise<CaseView> {
    const reference = referenceOf(text);
    const found = await this.desk.read(reference, principal);
    if (found.outcome === 'rejected') throw refused(found);
    tag(reply, found);
    return caseView(reference, found, mayActOn(principal, found.state));
  }

  /** The department says that the case is its own. */
  @Post(':reference/accept')
  @HttpCode(200)
  accept(@CurrentCaseCall() call: CaseCall, @Body(noBody) _: null, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'AcceptCase' }, reply);
  }

  @Post(':reference/assign')
  @HttpCode(200)
  assign(@CurrentCaseCall() call: CaseCall, @Body(bodyOf(AssignCaseDto)) { assignee }: AssignCaseDto, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'AssignCase', assignee }, reply);
  }

  @Post(':reference/start')
  @HttpCode(200)
  start(@CurrentCaseCall() call: CaseCall, @Body(noBody) _: null, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'StartCase' }, reply);
  }

  /** The promise stands still meanwhile where the agreement allows it for this reason. */
  @Post(':reference/wait')
  @HttpCode(200)
  wait(@CurrentCaseCall() call: CaseCall, @Body(bodyOf(WaitCaseDto)) body: WaitCaseDto, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    const { reason, expectedUntil, note = null } = body;
    return this.act(call, { type: 'WaitCase', reason, expectedUntil: instantOf(msOf(expectedUntil)), note }, reply);
  }

  @Post(':reference/resume')
  @HttpCode(200)
  resume(@CurrentCaseCall() call: CaseCall, @Body(noBody) _: null, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'ResumeCase' }, reply);
  }

  /** Hands it to another department; from triage, to the first. */
  @Post(':reference/transfer')
  @HttpCode(200)
  transfer(@CurrentCaseCall() call: CaseCall, @Body(bodyOf(TransferCaseDto)) body: TransferCaseDto, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    const { department, reason } = body;
    return this.act(call, { type: 'TransferCase', department, reason }, reply);
  }

  /** Gives it back to triage. */
  @Post(':reference/return')
  @HttpCode(200)
  giveBack(@CurrentCaseCall() call: CaseCall, @Body(bodyOf(ReturnCaseDto)) body: ReturnCaseDto, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    const { reason, note = null } = body;
    return this.act(call, { type: 'ReturnCase', reason, note }, reply);
  }

  @Post(':reference/resolve')
  @HttpCode(200)
  resolve(@CurrentCaseCall() call: CaseCall, @Body(bodyOf(ResolveCaseDto)) body: ResolveCaseDto, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    const { outcome, note = null } = body;
    return this.act(call, { type: 'ResolveCase', outcome, note }, reply);
  }

  @Post(':reference/close')
  @HttpCode(200)
  close(@CurrentCaseCall() call: CaseCall, @Body(noBody) _: null, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'CloseCase' }, reply);
  }

  @Post(':reference/reopen')
  @HttpCode(200)
  reopen(@CurrentCaseCall() call: CaseCall, @Body(bodyOf(ReopenCaseDto)) { reason }: ReopenCaseDto, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'ReopenCase', reason }, reply);
  }

  private async act(call: CaseCall, wish: CaseWish, reply: Reply): Promise<CaseAnswer> {
    const done = await this.desk.act(call, wish);
    if (done.outcome === 'rejected') throw refused(done);
    tag(reply, done);
    return caseAnswer(call.reference, done);
  }
}

const tag = (reply: Reply, { state }: StandingCase): Reply => reply.header('etag', tagOf(state.edition));
