import { DECLINE_REASONS, OUTCOMES, type DeclineReason, type Outcome } from '@onedoor/contracts';
import type { Asked } from '@onedoor/engine';
import { parseReference, reject, type Principal, type Reference, type Rejection } from '@onedoor/kernel';
import { Identifier, Nested, Note, OneOf, Satisfies } from '@onedoor/platform';
import { IsOptional } from 'class-validator';
import type { CaseNeeds } from '../case-needs.service.js';
import { NO_ENDING, type Ending } from '../ending.js';
import { mayActOn } from '../may-act-on.js';
import type { Case } from '../state.js';
import { caseCommand, WORKERS_ON_CASES } from './command.js';

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
    'The resident is told how it ended: a duplicate names its `parent`, the request that it joins; a referral its `authority`, and how ' +
    'to reach it; what is declined may name its `reason`. Each is given with its own outcome only.',
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

/** With which outcome each detail is given. */
const OUTCOME_OF = { parent: 'duplicate', authority: 'referred', reason: 'declined' } as const satisfies Partial<
  Record<keyof ResolveCaseBody, Outcome>
>;

/**
 * What belongs to the outcome that is asked for, or why it can't be so. People say what a duplicate joins and to whom they referred; what
 * the system asks for comes from records that may not say it.
 */
export async function endingOf(
  { id, by, body }: Pick<Asked<Case, ResolveCaseBody>, 'id' | 'by' | 'body'>,
  find: CaseNeeds['find'],
): Promise<Ending | Rejection> {
  const { outcome, authority = null, reason = null } = body;
  for (const [field, its] of Object.entries(OUTCOME_OF) as [keyof typeof OUTCOME_OF, Outcome][])
    if ((body[field] ?? null) !== null && outcome !== its)
      return reject('OF_ANOTHER_OUTCOME', `${field}: is given with the outcome ${its} only`);
  const parent = typeof body.parent === 'string' ? parseReference(body.parent) : null;
  if (by !== null && outcome === 'duplicate' && parent === null)
    return reject('DUPLICATE_NEEDS_PARENT', 'parent: must be the reference of the request that it joins');
  if (by !== null && outcome === 'referred' && authority === null)
    return reject('REFERRAL_NEEDS_AUTHORITY', 'authority: must be the name of who answers for it, and how to reach it');
  const ending = { ...NO_ENDING, authority: authority && { name: authority.name, contact: authority.contact }, reason };
  if (parent === null) return ending;
  const joined = await joinedBy(id, parent, by, find);
  return 'code' in joined ? joined : { ...ending, parent: { reference: parent, isPublic: joined.visibility === 'public' } };
}

/** The case that another one joins. One that its sender may not know of is answered as one that does not exist. */
async function joinedBy(id: Reference, parent: Reference, by: Principal | null, find: CaseNeeds['find']): Promise<Case | Rejection> {
  const state = parent === id ? null : await find(parent);
  if (state === null || (by !== null && state.visibility !== 'public' && !mayActOn(by, state)))
    return reject('PARENT_UNKNOWN', 'parent: there is no other request under this reference');
  if (state.outcome === 'duplicate')
    return reject('PARENT_IS_DUPLICATE', 'parent: joins another request itself, which is to be named instead');
  return state;
}
