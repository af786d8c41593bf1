import type { Outcome } from '@onedoor/contracts';
import type { Asked } from '@onedoor/engine';
import { parseReference, reject, type Principal, type Reference, type Rejection } from '@onedoor/kernel';
import type { CaseNeeds } from '../case-needs.service.js';
import { NO_ENDING, type Ending } from '../ending.js';
import { mayActOn } from '../may-act-on.js';
import type { Case } from '../state.js';
import type { ResolveCaseBody } from './resolve.js';

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
