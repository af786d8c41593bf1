import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { AgreementCommand, AgreementState } from '../decider.js';

export const AGREEMENT_COMMANDS: CommandSet<AgreementState, AgreementState, AgreementCommand, 'propose' | 'sign', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('AGREEMENT_UNKNOWN', 'Nothing was proposed to this department'),
  existing: (state) => (state.versions.length === 0 ? null : state),
  commands: {
    propose: systemCommand('propose', 'ProposeAgreement', 'Propose a version of an agreement'),
    sign: systemCommand('sign', 'SignAgreement', 'Sign a version of an agreement'),
  },
};
