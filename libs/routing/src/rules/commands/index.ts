import { WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { PublishRoutingRules, RoutingRulesState } from '../decider.js';
import type { RulesNeeds } from '../rules-needs.service.js';
import { publish } from './publish.js';

export const RULES_COMMANDS: CommandSet<RoutingRulesState, RoutingRulesState, PublishRoutingRules, 'publish', RulesNeeds> = {
  ...WITHOUT_ROUTES,
  path: 'api/v1/rules',
  missing: rejectAbsent('RULES_UNKNOWN', 'No rules were published yet'),
  existing: (state) => (state.version === 0 ? null : state),
  commands: { publish },
};
