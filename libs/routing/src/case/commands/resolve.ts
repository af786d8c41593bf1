import { DECLINE_REASONS, OUTCOMES, type DeclineReason, type Outcome } from '@onedoor/contracts';
import { parseReference } from '@onedoor/kernel';
import { Identifier, Nested, Note, OneOf, Satisfies } from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import { caseCommand, WORKERS_ON_CASES } from './command.js';
import { endingOf } from './ending-of.js';

class AuthorityBody {
  @Identifier('name', 120) name!: string;
  @Identifier('contact', 200) contact!: string;
}

/** `parent`, `authority` and `reason` belong to one outcome each, and are told publicly; the note is not. */
export class ResolveCaseBody {
  @OneOf('outcome', OUTCOMES) outcome!: Outcome;

  @IsOptional()
  @Satisfies('parent', (value) => typeof value === 'string' && parseReference(value) !== null, 'must be the reference of a request', {
    type: 'string',
    minLength: 11,
    maxLength: 20,
    description: 'With the outcome duplicate, which staff may not give without it: the reference of the request that it joins.',
  })
  parent?: string | null;

  @IsOptional() @Nested('authority', AuthorityBody) authority?: AuthorityBody | null;
  @IsOptional() @OneOf('reason', DECLINE_REASONS) reason?: DeclineReason | null;
  @Note('note') note?: string | null;
}

export const resolve = caseCommand({
  name: 'resolve',
  type: 'ResolveCase',
  summary: 'End the work',
  details:
    'The resident is told how it ended: a duplicate names its `parent`, the request that it joins; a referral its `authority`, and how to ' +
    'reach it; what is declined may name its `reason`. Each is given with its own outcome only.',
  body: ResolveCaseBody,
  example: { outcome: 'fixed', note: null },
  roles: WORKERS_ON_CASES,
  refusals: {
    PERSONAL_DATA_ERASED: 409,
    DUPLICATE_NEEDS_PARENT: 409,
    REFERRAL_NEEDS_AUTHORITY: 409,
    OF_ANOTHER_OUTCOME: 409,
    PARENT_UNKNOWN: 409,
    PARENT_IS_DUPLICATE: 409,
  },
  async prepare(asked, { find, seal }) {
    const { body, at } = asked;
    const ending = await endingOf(asked, find);
    if ('code' in ending) return ending;
    const sealed = await seal(asked, body.note);
    return 'code' in sealed ? sealed : { type: 'ResolveCase', at, outcome: body.outcome, ending, ...sealed };
  },
});
