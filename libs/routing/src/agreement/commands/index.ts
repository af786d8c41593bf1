import { WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { AgreementNeeds } from '../agreement-needs.service.js';
import type { AgreementCommand, AgreementState } from '../decider.js';
import { isDepartmentCode } from '../../department/department.js';
import { propose } from './propose.js';
import { sign } from './sign.js';

export const AGREEMENT_COMMANDS: CommandSet<AgreementState, AgreementState, AgreementCommand, 'propose' | 'sign', AgreementNeeds> = {
  ...WITHOUT_ROUTES,
  path: 'api/v1/agreements',
  parameter: 'department',
  idOf: (text) => (isDepartmentCode(text) ? text : null),
  missing: rejectAbsent('AGREEMENT_UNKNOWN', 'Nothing was proposed to this department'),
  existing: (state) => (state.versions.length === 0 ? null : state),
  commands: { propose, sign },
};
