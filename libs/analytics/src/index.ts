export { ANALYTICS } from './analytics.module.js';
export { figuresCsv } from './figures/figures-csv.http.js';
export { DIMENSIONS, type Dimension, type FiguresQuery, type FiguresRow } from './figures/figures.js';
export { dayProblem, spanProblem } from './figures/figures-query.http.js';
export { readFigures } from './figures/read-figures.service.js';
