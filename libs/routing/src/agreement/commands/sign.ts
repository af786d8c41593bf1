import { defineCommand } from '@onedoor/engine';
import { LIMITS, reject, type Principal } from '@onedoor/kernel';
import { WholeNumber } from '@onedoor/platform';
import { PARTIES, type Party } from '../agreement.js';
import type { AgreementNeeds } from '../agreement-needs.service.js';
import type { AgreementCommand, AgreementState } from '../decider.js';

export class SignAgreementBody {
  @WholeNumber('version', 1, LIMITS.eventsPerStream) version!: number;
}

/** The side that a principal signs for; null for none. */
const partyOf = ({ role, department }: Principal, agreementWith: string): Party | null => {
  if (role === 'router') return '311';
  return role === 'department' && department === agreementWith ? 'department' : null;
};

export const sign = defineCommand<AgreementState, AgreementCommand, AgreementNeeds>()({
  name: 'sign',
  type: 'SignAgreement',
  summary: 'Sign a version of an agreement',
  details:
    'An account of the department signs for the department, and an account of 311 (`router`) for 311. To sign twice changes nothing.',
  body: SignAgreementBody,
  example: { version: 1 },
  roles: ['department', 'router'],
  refusals: { DEPARTMENT_OF_OTHERS: 403, AGREEMENT_VERSION_UNKNOWN: 409 },
  prepare({ id, body: { version }, at, by }) {
    // The system signs for both at once: a demo, an import, a city file. No route is the system.
    if (by === null) return { type: 'SignAgreement', at, version, parties: PARTIES };
    const party = partyOf(by, id);
    if (party === null) return reject('DEPARTMENT_OF_OTHERS', 'This is for another department');
    return { type: 'SignAgreement', at, version, parties: [party] };
  },
});
