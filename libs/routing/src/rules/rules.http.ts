import { Controller, Get, Param } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { rejectAbsent, ROLES } from '@onedoor/kernel';
import { Allow, Describe, instant, json, list, ordinal, record, refusedRead, text, type CommandAnswers } from '@onedoor/platform';
import { ROUTING_RULES } from '../aggregates.js';
import { RULES_COMMANDS } from './commands/index.js';
import { describeRoutingRules, type RoutingRulesEvent, type RoutingRulesState } from './decider.js';
import { RULES_ID, type RoutingRule, type RoutingRules } from './routing-rules.js';

const VERSION = ordinal('Counts the versions: 1 for the first.');

const RULES_SCHEMA = record<RoutingRules>('RoutingRules', {
  version: VERSION,
  publishedAt: instant('When they were published.'),
  rules: list(
    record<RoutingRule>('PublishedRoutingRule', { service: text('The code of a service.'), department: text('The code of a department.') }),
    'At most one for each service.',
  ),
});

export const RULES_ANSWERS: CommandAnswers = {
  tag: 'Rules',
  name: 'RuleCommands',
  usual: {
    described: json('The version that is now present.', record<Pick<RoutingRules, 'version'>>('RoutingRulesVersion', { version: VERSION })),
    answer: ({ state: { version } }: { readonly state: RoutingRulesState }) => ({ version }),
  },
  describe: (event: RoutingRulesEvent) => describeRoutingRules(event),
};

const VERSION_UNKNOWN = rejectAbsent('RULES_VERSION_UNKNOWN', 'There is no such version of the rules');

/** Where requests go, for every role that signs in. */
@Controller(RULES_COMMANDS.path)
@Allow(...ROLES)
@Describe({ tag: 'Rules', path: { version: VERSION } })
export class RulesController {
  constructor(private readonly executor: Executor) {}

  @Get()
  @Describe({ summary: 'The rules in force', answer: json('The present version.', RULES_SCHEMA), refuses: { 404: ['RULES_UNKNOWN'] } })
  async current(): Promise<RoutingRules> {
    const present = (await this.versions()).at(-1);
    if (present === undefined) throw refusedRead(RULES_COMMANDS, RULES_COMMANDS.missing);
    return present;
  }

  @Get(':version')
  @Describe({
    summary: 'An earlier version of the rules, as cases name the one they went by',
    answer: json('That version.', RULES_SCHEMA),
    refuses: { 404: ['RULES_VERSION_UNKNOWN'] },
  })
  async one(@Param('version') version: string): Promise<RoutingRules> {
    const found = (await this.versions()).find((each) => String(each.version) === version);
    if (found === undefined) throw refusedRead({ missing: VERSION_UNKNOWN, statuses: {} }, VERSION_UNKNOWN);
    return found;
  }

  private async versions(): Promise<readonly RoutingRules[]> {
    return (await this.executor.load(ROUTING_RULES, RULES_ID)).state.versions;
  }
}
