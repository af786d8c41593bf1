import { appendTable } from './append-table.js';
import { readTable } from './read-table.js';
import type { ServerUnderTest } from './server-under-test.js';
import { subscribeTable } from './subscribe-table.js';

/** What EventStoreDB 23.10 answers, written down once: the double and a real server must give the same. */
export function serverTable(title: string, open: () => Promise<ServerUnderTest>): void {
  describe(`${title} answers`, () => {
    appendTable(open);
    readTable(open);
    subscribeTable(open);
  });
}
