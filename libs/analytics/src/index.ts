export { AnalyticsModule, type AnalyticsOptions } from './app/analytics.module.js';
export { FACT } from './app/aggregates.js';
export { figuresCsv } from './app/figures-csv.js';
export { buildFigures, FiguresProjector, rebuildFigures, type FiguresBuilt } from './app/figures-projector.js';
export { dayProblem, spanProblem } from './app/http/figures-span.js';
export { CONTRIBUTIONS, FIGURES, LEAVES } from './app/projections/figures.js';
export { readFigures } from './app/read-figures.js';
export { DIMENSIONS, type Dimension, type FiguresQuery, type FiguresRow } from './domain/figures/figures.js';
