import type { Authority, ClosingDetails, DeclineReason } from '@onedoor/contracts';
import { formatReference, type Reference } from '@onedoor/kernel';

/** What belongs to an outcome: each is null with other outcomes, and where it was not said, as in imports and earlier releases. */
export interface Ending {
  /** Of a duplicate: the case that it joins. */
  readonly parent: Parent | null;
  /** Of a referral: the authority that answers for it. */
  readonly authority: Authority | null;
  /** Of what the city will not do: why. */
  readonly reason: DeclineReason | null;
}

interface Parent {
  readonly reference: Reference;
  /** Whether everyone may know of it: its reporter and the public are told of no other one. */
  readonly isPublic: boolean;
}

export const NO_ENDING: Ending = { parent: null, authority: null, reason: null };

/** What of it leaves the context. */
export const publicDetails = ({ parent, authority, reason }: Ending): ClosingDetails => ({
  joins: parent !== null && parent.isPublic ? parent.reference : null,
  authority,
  reason,
});

/** The same for auditors, behind the outcome. */
export function endingWords({ parent, authority, reason }: Ending): string {
  if (parent !== null) return ` of ${formatReference(parent.reference)}`;
  if (authority !== null) return ` to ${authority.name}`;
  return reason === null ? '' : ` (${reason.replaceAll('_', ' ')})`;
}
