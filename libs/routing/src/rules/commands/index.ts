import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { PublishRoutingRules, RoutingRulesState } from '../decider.js';

export const RULES_COMMANDS: CommandSet<RoutingRulesState, RoutingRulesState, PublishRoutingRules, 'publish', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('RULES_UNKNOWN', 'No rules were published yet'),
  existing: (state) => (state.version === 0 ? null : state),
  commands: { publish: systemCommand('publish', 'PublishRoutingRules', 'Publish the routing rules of the city') },
};
