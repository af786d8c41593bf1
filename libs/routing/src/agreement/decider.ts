import { accept, reject, rejectAbsent, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';
import { targetProblems, warningProblems } from '@onedoor/sla';
import { PARTIES, type AgreementTerms, type Party, type ServiceTarget } from './agreement.js';

export type AgreementCommand =
  | { readonly type: 'ProposeAgreement'; readonly at: Instant; readonly terms: AgreementTerms }
  | { readonly type: 'SignAgreement'; readonly at: Instant; readonly version: number; readonly party: Party };

export type AgreementEvent =
  DomainEvent<'AgreementProposed', AgreementTerms> | DomainEvent<'AgreementSigned', { readonly version: number; readonly party: Party }>;

export interface AgreementState {
  readonly versions: readonly SignedTerms[];
}

export interface SignedTerms {
  readonly terms: AgreementTerms;
  readonly signedBy: readonly Party[];
}

export const AGREEMENT_SHAPES = { AgreementProposed: { v: 1 }, AgreementSigned: { v: 1 } } as const;

/** The versioned memorandum between one department and 311: stream `agreement-<department>`. */
export const agreementDecider: Decider<AgreementState, AgreementCommand, AgreementEvent> = {
  initial: { versions: [] },
  decide(command, { versions }) {
    const { at } = command;
    if (command.type === 'SignAgreement') {
      const signed = versions.find(({ terms }) => terms.version === command.version);
      if (signed === undefined) return rejectAbsent('AGREEMENT_VERSION_UNKNOWN', `There is no version ${command.version} to sign`);
      if (signed.signedBy.includes(command.party)) return accept();
      return accept<AgreementEvent>({ type: 'AgreementSigned', at, data: { version: command.version, party: command.party } });
    }
    const { terms } = command;
    if (versions.some((known) => known.terms.version === terms.version)) {
      return reject('AGREEMENT_VERSION_TAKEN', `Version ${terms.version} was proposed before; versions never change`);
    }
    if (terms.version !== versions.length + 1) return reject('AGREEMENT_VERSION_GAP', `The next version is ${versions.length + 1}`);
    const problems = [
      ...terms.targets.flatMap(({ service, target }) => targetProblems(target).map((problem) => `${service}: ${problem}`)),
      ...terms.warnings.flatMap((warning) => warningProblems(warning)),
      ...returnProblems(terms),
      ...repeatedTargets(terms).map(({ service, milestone }) => `${service}: has more than one target for ${milestone}`),
    ];
    if (problems.length > 0) return reject('AGREEMENT_TERMS_INVALID', problems.join('; '));
    return accept<AgreementEvent>({ type: 'AgreementProposed', at, data: terms });
  },
  evolve(state, event) {
    if (event.type === 'AgreementProposed') return { versions: [...state.versions, { terms: event.data, signedBy: [] }] };
    const { version, party } = event.data;
    return {
      versions: state.versions.map((signed) =>
        signed.terms.version === version ? { ...signed, signedBy: [...signed.signedBy, party] } : signed,
      ),
    };
  },
};

const returnProblems = ({ returnWithinHours: hours }: AgreementTerms): readonly string[] =>
  hours === undefined || (Number.isInteger(hours) && hours > 0) ? [] : ['returnWithinHours: must be a whole number from 1'];

const repeatedTargets = ({ targets }: AgreementTerms): readonly ServiceTarget[] =>
  targets.filter(
    ({ service, milestone }, index) => targets.findIndex((other) => other.service === service && other.milestone === milestone) < index,
  );

/** The terms in force at an instant: the newest version that both sides signed and that had taken effect; null where none had. */
export function termsInForce({ versions }: AgreementState, at: Instant): AgreementTerms | null {
  const inForce = versions.filter(({ terms, signedBy }) => terms.effectiveFrom <= at && PARTIES.every((party) => signedBy.includes(party)));
  return inForce.at(-1)?.terms ?? null;
}
