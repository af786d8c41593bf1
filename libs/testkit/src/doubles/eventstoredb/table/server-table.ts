import { appendTable } from './append-table.js';
import { readTable } from './read-table.js';
import type { ServerUnderTest } from './server-under-test.js';
import { subscribeTable } from './subscribe-table.js';

/** Decision tables of what EventStoreDB 23.10 answers. They run against the double and against a real server. */
export function serverTable(title: string, open: () => Promise<ServerUnderTest>): void {
  describe(`${title} answers`, () => {
    appendTable(open);
    readTable(open);
    subscribeTable(open);
  });
}
