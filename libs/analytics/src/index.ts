export { ANALYTICS } from './analytics.module.js';
export { FACT } from './aggregates.js';
export { figuresCsv } from './figures/figures-csv.http.js';
export { buildFigures, FiguresProjector, rebuildFigures, type FiguresBuilt } from './figures/figures-projector.worker.js';
export { dayProblem, spanProblem } from './figures/figures-span.http.js';
export { CONTRIBUTIONS, FIGURES, LEAVES } from './figures/collections.js';
export { readFigures } from './figures/read-figures.service.js';
export { DIMENSIONS, type Dimension, type FiguresQuery, type FiguresRow } from './figures/figures.js';
