import { ROUTING_TOPIC } from '@onedoor/contracts';
import type { Projection } from '@onedoor/engine';
import { contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { OVERDUE_COMMANDS } from './overdue/commands/index.js';
import { ListOverdueHandler } from './overdue/list-overdue.service.js';
import { OVERDUE_CASES } from './overdue/overdue-cases.js';
import { describeOverdue, OVERDUE_FLAG, reactToRouting } from './overdue/overdue-flag.js';
import { OverdueController } from './overdue/overdue.http.js';

/** What the agreements' clocks call for: the cases whose promise was breached, flagged until their work ends. */
export const MONITORS: Context = defineContext({
  name: 'monitors',
  aggregates: [contextAggregate({ of: OVERDUE_FLAG, commands: OVERDUE_COMMANDS, idIsReference: true, describe: describeOverdue })],
  projections: [OVERDUE_CASES as unknown as Projection],
  topics: [],
  consumes: { topics: [ROUTING_TOPIC], react: reactToRouting },
  workers: [],
  vault: {},
  http: [OverdueController],
  providers: [ListOverdueHandler],
  exports: [],
});
