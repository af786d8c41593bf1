import { INTAKE_TOPIC, ROUTING_TOPIC } from '@onedoor/contracts';
import { contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { FACT } from './aggregates.js';
import { FACT_COMMANDS, type FactNeeds } from './fact/commands/index.js';
import { reactToPublic } from './fact/react.js';
import { FIGURES_VIEW } from './figures/figures-projector.worker.js';
import { FiguresController } from './figures/figures.http.js';

/** Injection token of `FactNeeds`. */
export const FACT_NEEDS = Symbol('analytics.fact-needs');

/** The figures: what was opened, closed, promised and kept, recomputed from facts and never counted along. */
export const ANALYTICS: Context = defineContext({
  name: 'analytics',
  aggregates: [
    contextAggregate({
      of: FACT,
      commands: FACT_COMMANDS,
      needs: FACT_NEEDS,
      isStory: true,
      describe: ({ type }) => type,
    }),
  ],
  projections: [FIGURES_VIEW],
  topics: [],
  consumes: { topics: [INTAKE_TOPIC, ROUTING_TOPIC], react: reactToPublic },
  workers: [],
  vault: {},
  http: [FiguresController],
  providers: [],
  exports: [],
});

export type { FactNeeds };
