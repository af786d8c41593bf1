import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { parseReference, type Principal } from '@onedoor/kernel';
import { Allow, CurrentPrincipal, Describe, PORTS, REFERENCE, refusedRead, tagOf, type Ports, type Reply } from '@onedoor/platform';
import { CASE_NOTES, CASE_READ, caseView, type CaseView } from './case-answers.http.js';
import { CaseReader } from './case-reader.service.js';
import { CaseText, type CaseNote } from './case-text.service.js';
import { CASE_COMMANDS } from './commands/index.js';
import { Policies } from './policies.service.js';

/** One case, for the staff who work on it. */
@Controller(CASE_COMMANDS.path)
@Describe({ tag: 'Cases', path: { reference: REFERENCE } })
export class CasesController {
  constructor(
    private readonly reader: CaseReader,
    private readonly text: CaseText,
    private readonly policies: Policies,
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock'>,
  ) {}

  @Get(':reference')
  @Allow('department', 'router', 'auditor')
  @Describe({
    summary: 'A case as it stands, with the edition that commands need',
    answer: CASE_READ,
    refuses: { 404: ['CASE_UNKNOWN'] },
  })
  async read(
    @Param('reference') text: string,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<CaseView> {
    const reference = parseReference(text);
    if (reference === null) throw refusedRead(CASE_COMMANDS, CASE_COMMANDS.missing);
    const found = await this.reader.read(reference, principal);
    if (found.outcome === 'rejected') throw refusedRead(CASE_COMMANDS, found);
    const reported = await this.text.reported(reference, found.state, principal);
    reply.header('etag', tagOf(found.state.edition));
    const now = this.ports.clock.now();
    const { department } = found.state;
    const agreed = department === null ? null : await this.policies.agreement(department, now);
    return caseView(reference, found.state, found.position, principal, reported, now, agreed);
  }

  @Get(':reference/notes')
  @Allow('department', 'router')
  @Describe({
    summary: 'The notes that staff gave with their commands; reading them is itself recorded',
    answer: CASE_NOTES,
    refuses: { 404: ['CASE_UNKNOWN'] },
  })
  async notes(@Param('reference') text: string, @CurrentPrincipal() principal: Principal): Promise<readonly CaseNote[]> {
    const reference = parseReference(text);
    if (reference === null) throw refusedRead(CASE_COMMANDS, CASE_COMMANDS.missing);
    const found = await this.reader.read(reference, principal);
    if (found.outcome === 'rejected') throw refusedRead(CASE_COMMANDS, found);
    return this.text.notes(reference, principal);
  }
}
