import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ROLES } from '@onedoor/kernel';
import {
  Allow,
  bodyOf,
  Describe,
  flag,
  instant,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  oneOf,
  ordinal,
  record,
  refusedRead,
  schemaOfDto,
  text,
  versionsPage,
  VersionsQueryDto,
  type CommandAnswers,
  type Reply,
  type Schema,
} from '@onedoor/platform';
import { PARTIES, type Party } from './agreement.js';
import { Agreements, type AgreementVersion, type Signature } from './agreements.service.js';
import { AGREEMENT_COMMANDS } from './commands/index.js';
import { AgreementTermsBody } from './commands/terms-body.js';
import { describeAgreement, type AgreementEvent, type AgreementState } from './decider.js';

const DEPARTMENT = text('The code of a department.');
const VERSION = ordinal('Counts the versions: 1 for the first.');
const PARTY = oneOf(PARTIES, 'Which side: the department, or 311.');

/** What a command on an agreement answers. */
interface AgreementStanding {
  readonly department: string;
  readonly versions: readonly { readonly version: number; readonly signedBy: readonly Party[] }[];
}

const MOST_ANSWERED = 20;

export const AGREEMENT_ANSWERS: CommandAnswers = {
  tag: 'Agreements',
  name: 'AgreementCommands',
  parameter: DEPARTMENT,
  usual: {
    described: json(
      'How far the newest versions have come.',
      record<AgreementStanding>('AgreementStanding', {
        department: DEPARTMENT,
        versions: {
          ...list(
            record<AgreementStanding['versions'][number]>('AgreementVersionStanding', {
              version: VERSION,
              signedBy: list(PARTY, 'Both: it is in force once its instant has come.'),
            }),
            'The newest first.',
          ),
          maxItems: MOST_ANSWERED,
        },
      }),
    ),
    answer: ({ state }: { readonly state: AgreementState }, department): AgreementStanding => ({
      department,
      versions: state.versions
        .slice(-MOST_ANSWERED)
        .reverse()
        .map(({ terms: { version }, signedBy }) => ({ version, signedBy })),
    }),
  },
  describe: (event: AgreementEvent) => describeAgreement(event),
};

const { title: _title, ...TERMS } = schemaOfDto(AgreementTermsBody);
const TERMS_SCHEMA: Schema = {
  ...TERMS,
  title: 'VersionedTerms',
  required: ['version', ...(TERMS.required ?? [])],
  properties: { version: VERSION, ...TERMS.properties },
};

const VERSION_SCHEMA = record<AgreementVersion>('AgreementVersion', {
  terms: TERMS_SCHEMA,
  proposedAt: instant('When it was proposed.'),
  signatures: list(
    record<Signature>('Signature', { party: PARTY, at: instant('When.'), by: text('The account: an opaque id.') }),
    'In their order; without both it is never in force.',
  ),
  isInForce: flag('Whether it is the one in force now.'),
});

/** What departments and 311 owe each other, for every role that signs in. */
@Controller(AGREEMENT_COMMANDS.path)
@Allow(...ROLES)
@Describe({ tag: 'Agreements', path: { department: DEPARTMENT } })
export class AgreementsController {
  constructor(private readonly agreements: Agreements) {}

  @Get(':department')
  @Describe({
    summary: 'The agreement with a department: its versions, the newest first, and who signed each when',
    answer: json('A page of its versions.', list(VERSION_SCHEMA), { headers: { Link: LINK_TO_NEXT } }),
    refuses: { 404: ['AGREEMENT_UNKNOWN'] },
  })
  async versions(
    @Param('department') department: string,
    @Query(bodyOf(VersionsQueryDto)) query: VersionsQueryDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly AgreementVersion[]> {
    const all = AGREEMENT_COMMANDS.idOf(department) === null ? [] : await this.agreements.versions(department);
    if (all.length === 0) throw refusedRead(AGREEMENT_COMMANDS, AGREEMENT_COMMANDS.missing);
    const { versions, next } = versionsPage(all, ({ terms }) => terms.version, query);
    if (next !== null) reply.header('link', linkToNext(`${AGREEMENT_COMMANDS.path}/${encodeURIComponent(department)}`, next));
    return versions;
  }
}
