import type { EventShapes } from '@onedoor/engine';
import {
  accept,
  canonicalJson,
  counted,
  laterOf,
  reject,
  rejectAbsent,
  unordered,
  type Decider,
  type Decision,
  type DomainEvent,
  type Instant,
} from '@onedoor/kernel';
import { targetProblems, warningProblems } from '@onedoor/sla';
import { PARTIES, type AgreementDraft, type AgreementTerms, type Party, type ServiceTarget } from './agreement.js';
import { milestoneProblems } from './milestones.js';

export type AgreementCommand = ProposeAgreement | SignAgreement;

export interface ProposeAgreement {
  readonly type: 'ProposeAgreement';
  readonly at: Instant;
  readonly terms: AgreementDraft;
  /** The version that their author has seen; 0 for the first. */
  readonly basedOn: number;
}

export interface SignAgreement {
  readonly type: 'SignAgreement';
  readonly at: Instant;
  readonly version: number;
  /** The sides that sign: both at once only where a city is set up from a file, a demo or an import. */
  readonly parties: readonly Party[];
}

export type AgreementEvent =
  DomainEvent<'AgreementProposed', AgreementTerms> | DomainEvent<'AgreementSigned', { readonly version: number; readonly party: Party }>;

export interface AgreementState {
  readonly versions: readonly SignedTerms[];
}

export interface SignedTerms {
  readonly terms: AgreementTerms;
  readonly signedBy: readonly Party[];
  /** The later of the day it takes effect and the last signature; null until both sides have signed. */
  readonly inForceFrom: Instant | null;
}

/** The current version of each event's shape. Before its second, terms without a `returnWithinHours` left it out. */
export const AGREEMENT_SHAPES: EventShapes<AgreementEvent['type']> = {
  AgreementProposed: { v: 2, upcast: (data) => ({ returnWithinHours: null, ...(data as Omit<AgreementTerms, 'returnWithinHours'>) }) },
  AgreementSigned: { v: 1 },
};

/**
 * The versioned memorandum between one department and 311: stream `agreement-<department>`. Terms that say the same as the newest version
 * change nothing; others become the next version, where their author has seen the newest one.
 */
export const agreementDecider: Decider<AgreementState, AgreementCommand, AgreementEvent> = {
  initial: { versions: [] },
  decide: (command, state) => (command.type === 'SignAgreement' ? sign(command, state) : propose(command, state)),
  evolve(state, event) {
    if (event.type === 'AgreementProposed')
      return { versions: [...state.versions, { terms: event.data, signedBy: [], inForceFrom: null }] };
    const { version, party } = event.data;
    return { versions: state.versions.map((each) => (each.terms.version === version ? signedBy(party, event.at, each) : each)) };
  },
};

function signedBy(party: Party, at: Instant, { terms, signedBy: before }: SignedTerms): SignedTerms {
  const parties = [...before, party];
  return {
    terms,
    signedBy: parties,
    inForceFrom: PARTIES.every((each) => parties.includes(each)) ? laterOf(terms.effectiveFrom, at) : null,
  };
}

function propose({ at, terms: draft, basedOn }: ProposeAgreement, { versions }: AgreementState): Decision<AgreementEvent> {
  const newest = versions.at(-1)?.terms;
  if (newest !== undefined && meaningOf({ ...draft, version: newest.version }) === meaningOf(newest)) return accept();
  const problems = [
    ...draft.targets.flatMap(({ service, target }) => targetProblems(target).map((problem) => `${service}: ${problem}`)),
    ...draft.warnings.flatMap((warning) => warningProblems(warning)),
    ...milestoneProblems(draft.targets),
    ...returnProblems(draft),
    ...repeatedTargets(draft).map(({ service, milestone }) => `${service}: has more than one target for ${milestone}`),
    ...repeats('warnings', draft.warnings.map(canonicalJson)),
    ...repeats(
      'pauses',
      draft.pauses.map(({ reason }) => reason),
    ),
  ];
  if (problems.length > 0) return reject('AGREEMENT_TERMS_INVALID', problems.join('; '));
  if (basedOn !== versions.length) return reject('AGREEMENT_CHANGED', `basedOn: the newest version is ${versions.length}, not ${basedOn}`);
  return accept<AgreementEvent>({ type: 'AgreementProposed', at, data: { ...draft, version: versions.length + 1 } });
}

function sign({ at, version, parties }: SignAgreement, { versions }: AgreementState): Decision<AgreementEvent> {
  const signed = versions.find(({ terms }) => terms.version === version);
  if (signed === undefined) return rejectAbsent('AGREEMENT_VERSION_UNKNOWN', `There is no version ${version} to sign`);
  const missing = parties.filter((party) => !signed.signedBy.includes(party));
  return accept(...missing.map((party): AgreementEvent => ({ type: 'AgreementSigned', at, data: { version, party } })));
}

const returnProblems = ({ returnWithinHours: hours }: AgreementDraft): readonly string[] =>
  hours === null || (Number.isInteger(hours) && hours > 0) ? [] : ['returnWithinHours: must be a whole number from 1'];

const repeatedTargets = ({ targets }: AgreementDraft): readonly ServiceTarget[] =>
  targets.filter(
    ({ service, milestone }, index) => targets.findIndex((other) => other.service === service && other.milestone === milestone) < index,
  );

/** What stands twice in a list: which of the two counts would be a matter of order. */
const repeats = (field: string, names: readonly string[]): readonly string[] =>
  names.flatMap((name, place) =>
    names.indexOf(name) < place ? [`${field}[${place}]: says again what ${field}[${names.indexOf(name)}] is for`] : [],
  );

/** What terms say, whatever the order in which they list it. */
const meaningOf = (terms: AgreementTerms): string =>
  canonicalJson({
    ...terms,
    targets: unordered(terms.targets),
    warnings: unordered(terms.warnings),
    pauses: unordered(terms.pauses),
  });

/** The terms in force at an instant: the newest version that both sides had signed and that had begun by then; null where none had. */
export const termsInForce = ({ versions }: AgreementState, at: Instant): AgreementTerms | null =>
  versions.findLast(({ inForceFrom }) => inForceFrom !== null && inForceFrom <= at)?.terms ?? null;

export function describeAgreement({ type, data }: AgreementEvent): string {
  if (type === 'AgreementSigned') return `Version ${data.version} signed by ${data.party === '311' ? '311' : 'the department'}`;
  return `Version ${data.version} proposed, for ${counted(data.targets.length, 'target')} from ${data.effectiveFrom} on`;
}
