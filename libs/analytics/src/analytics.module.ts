import { CATALOG_TOPIC, INTAKE_TOPIC, ROUTING_TOPIC } from '@onedoor/contracts';
import { contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { FACT } from './fact/decider.js';
import { CITY_ZONE, reactToCatalog } from './city/city-zone.js';
import { CITY_ZONE_COMMANDS, CityZones } from './city/city-zones.service.js';
import { FACT_COMMANDS } from './fact/commands/index.js';
import { reactToPublic } from './fact/react.js';
import { FIGURES_VIEW } from './figures/figures-projector.worker.js';
import { FiguresController } from './figures/figures.http.js';
import { ReadFiguresHandler } from './figures/read-figures.service.js';

/** The figures: what was opened, closed, promised and kept, recomputed from facts and never counted along. */
export const ANALYTICS: Context = defineContext({
  name: 'analytics',
  aggregates: [
    contextAggregate({
      of: FACT,
      commands: FACT_COMMANDS,
      needs: CityZones,
      idIsReference: true,
      describe: ({ type }) => type,
    }),
    contextAggregate({
      of: CITY_ZONE,
      commands: CITY_ZONE_COMMANDS,
      idIsReference: false,
      describe: ({ data: { zone } }) => `The days of the city are those of ${zone}`,
    }),
  ],
  projections: [FIGURES_VIEW],
  topics: [],
  consumes: { topics: [CATALOG_TOPIC, INTAKE_TOPIC, ROUTING_TOPIC], react: (event) => [...reactToCatalog(event), ...reactToPublic(event)] },
  workers: [],
  vault: {},
  http: [FiguresController],
  providers: [CityZones, ReadFiguresHandler],
  exports: [],
});
