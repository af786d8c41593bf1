import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { instantOf, msOf } from '@onedoor/kernel';
import { Allow, bodyOf, CurrentPrincipal, Describe, REFERENCE, type Principal, type Reply } from '@onedoor/platform';
import { CaseDesk, type CaseCall, type StandingCase } from './case-desk.service.js';
import { caseAnswer, caseView, type CaseAnswer, type CaseView } from './case-view.http.js';
import type { CaseWish } from './case-wish.js';
import { mayActOn } from './may-act-on.js';
import { AssignCaseDto, ReopenCaseDto, ResolveCaseDto, ReturnCaseDto, TransferCaseDto, WaitCaseDto } from './case-bodies.http.js';
import { CASE_READ } from './case-answers.http.js';
import { CurrentCaseCall, referenceOf, tagOf } from './case-call.http.js';
import { DescribeCommand } from './describe-command.http.js';
import { noBody } from './no-body.http.js';
import { refused } from './refused.http.js';

/**
 * Cases, for who works on them: a department on its own, 311 on all. Every command needs `If-Match` with the ETag the case was read
 * with, and is done once for an `Idempotency-Key`. Refusals carry their `code`.
 */
@Allow('department', 'router')
@Controller('api/v1/cases')
@Describe({ tag: 'Cases', path: { reference: REFERENCE } })
export class CasesController {
  constructor(private readonly desk: CaseDesk) {}

  @Get(':reference')
  @Allow('department', 'router', 'auditor')
  @Describe({
    summary: 'Read a case, with the ETag that commands need',
    answer: CASE_READ,
    refuses: { 403: ['CASE_OF_OTHERS'], 404: ['CASE_UNKNOWN'] },
  })
  async read(
    @Param('reference') text: string,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseView> {
    const reference = referenceOf(text);
    const found = await this.desk.read(reference, principal);
    if (found.outcome === 'rejected') throw refused(found);
    tag(reply, found);
    return caseView(reference, found, mayActOn(principal, found.state));
  }

  /** The department says that the case is its own. */
  @Post(':reference/accept')
  @HttpCode(200)
  @DescribeCommand('accept', "Say that the case is the department's own")
  accept(@CurrentCaseCall() call: CaseCall, @Body(noBody) _: null, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'AcceptCase' }, reply);
  }

  @Post(':reference/assign')
  @HttpCode(200)
  @DescribeCommand('assign', 'Give the case to somebody', { example: { assignee: 'crew-7' } })
  assign(
    @CurrentCaseCall() call: CaseCall,
    @Body(bodyOf(AssignCaseDto)) { assignee }: AssignCaseDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseAnswer> {
    return this.act(call, { type: 'AssignCase', assignee }, reply);
  }

  @Post(':reference/start')
  @HttpCode(200)
  @DescribeCommand('start', 'Begin the work')
  start(@CurrentCaseCall() call: CaseCall, @Body(noBody) _: null, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'StartCase' }, reply);
  }

  /** The promise stands still meanwhile where the agreement allows it for this reason. */
  @Post(':reference/wait')
  @HttpCode(200)
  @DescribeCommand('wait', 'Wait for something', {
    details: 'The promise stands still meanwhile where the agreement allows it for this reason, up to the cap that it sets.',
    example: { reason: 'weather', expectedUntil: '2026-11-25T13:00:00Z', note: 'Asphalt does not hold below freezing' },
    refusedWith: ['WAIT_REASON_UNKNOWN', 'WAIT_HAS_NO_END', 'PAUSE_HAS_NO_END', 'PERSONAL_DATA_ERASED'],
  })
  wait(
    @CurrentCaseCall() call: CaseCall,
    @Body(bodyOf(WaitCaseDto)) body: WaitCaseDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseAnswer> {
    const { reason, expectedUntil, note = null } = body;
    return this.act(call, { type: 'WaitCase', reason, expectedUntil: instantOf(msOf(expectedUntil)), note }, reply);
  }

  @Post(':reference/resume')
  @HttpCode(200)
  @DescribeCommand('resume', 'Go on after a wait')
  resume(@CurrentCaseCall() call: CaseCall, @Body(noBody) _: null, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'ResumeCase' }, reply);
  }

  /** Hands it to another department; from triage, to the first. */
  @Post(':reference/transfer')
  @HttpCode(200)
  @DescribeCommand('route', 'Hand the case to another department; from triage, to the first', {
    example: { department: 'parks', reason: 'wrong_department' },
    refusedWith: ['DEPARTMENT_UNKNOWN'],
  })
  transfer(
    @CurrentCaseCall() call: CaseCall,
    @Body(bodyOf(TransferCaseDto)) body: TransferCaseDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseAnswer> {
    const { department, reason } = body;
    return this.act(call, { type: 'TransferCase', department, reason }, reply);
  }

  /** Gives it back to triage. */
  @Post(':reference/return')
  @HttpCode(200)
  @DescribeCommand('return', 'Give the case back to triage', {
    details: 'Within the hours that the agreement grants, the misroute is charged to 311.',
    example: { reason: 'outside_jurisdiction', note: null },
    refusedWith: ['PERSONAL_DATA_ERASED'],
  })
  giveBack(
    @CurrentCaseCall() call: CaseCall,
    @Body(bodyOf(ReturnCaseDto)) body: ReturnCaseDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseAnswer> {
    const { reason, note = null } = body;
    return this.act(call, { type: 'ReturnCase', reason, note }, reply);
  }

  @Post(':reference/resolve')
  @HttpCode(200)
  @DescribeCommand('resolve', 'End the work', { example: { outcome: 'fixed', note: null }, refusedWith: ['PERSONAL_DATA_ERASED'] })
  resolve(
    @CurrentCaseCall() call: CaseCall,
    @Body(bodyOf(ResolveCaseDto)) body: ResolveCaseDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseAnswer> {
    const { outcome, note = null } = body;
    return this.act(call, { type: 'ResolveCase', outcome, note }, reply);
  }

  @Post(':reference/close')
  @HttpCode(200)
  @DescribeCommand('close', 'Close what was resolved')
  close(@CurrentCaseCall() call: CaseCall, @Body(noBody) _: null, @Res({ passthrough: true }) reply: Reply): Promise<CaseAnswer> {
    return this.act(call, { type: 'CloseCase' }, reply);
  }

  @Post(':reference/reopen')
  @HttpCode(200)
  @DescribeCommand('reopen', 'Go on with a case that had ended', {
    details: 'A new round begins, with a promise of its own.',
    example: { reason: 'not_fixed' },
  })
  reopen(
    @CurrentCaseCall() call: CaseCall,
    @Body(bodyOf(ReopenCaseDto)) { reason }: ReopenCaseDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseAnswer> {
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
