import { WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { Departments } from '../../department/departments.service.js';
import type { PublishRoutingRules, RoutingRulesState } from '../decider.js';
import { publish } from './publish.js';

export const RULES_COMMANDS: CommandSet<RoutingRulesState, RoutingRulesState, PublishRoutingRules, 'publish', Pick<Departments, 'has'>> = {
  ...WITHOUT_ROUTES,
  path: 'api/v1/rules',
  missing: rejectAbsent('RULES_UNKNOWN', 'No rules were published yet'),
  existing: (state) => (state.version === 0 ? null : state),
  commands: { publish },
};
