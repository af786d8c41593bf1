export { renderPage, Section, type Page } from './page.js';
export { pagePolicy } from './style.js';
export { Table } from './table.js';
export { localTime, localTimeOfYear } from './times.js';
