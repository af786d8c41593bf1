import type { Format } from './render.js';

/** What a page costs besides its rows, in the units of a client's budget. */
const PAGE = 1;
/** Rows that are found, unsealed and written for one unit. */
const ROWS = 10;
/** Rows that are passed over for one unit. */
const SKIPPED_ROWS = 100;
/** XML is about twice as long, and escaped. */
const XML = 2;

/** What it costs to answer so many rows, behind so many others. */
export const costOfRows = (rows: number, format: Format, skipped = 0): number =>
  (PAGE + rows / ROWS) * (format === 'xml' ? XML : 1) + skipped / SKIPPED_ROWS;
