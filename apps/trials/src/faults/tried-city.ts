import { Client } from '../chaos/client.js';
import { Ledger } from '../chaos/ledger.js';
import { settledLog } from '../chaos/settled-log.js';
import { DEMO_INTAKE } from '../demo-process.js';
import type { ServerProcess } from '../server-process.js';
import { problemsOf } from './doctor.js';
import type { Tally } from './trial.js';

/** What doctor says of a view that was stopped before it had read the end of the log, which is nothing wrong. */
const BEHIND = 'it catches up at the next start';

/** The demo city on one folder, with what was acknowledged to its clients. */
export class TriedCity {
  readonly client: Client;

  constructor(
    readonly folder: string,
    readonly server: ServerProcess,
    readonly ledger = new Ledger(),
  ) {
    this.client = this.newClient();
  }

  newClient(): Client {
    return new Client({ url: this.server.url, ...DEMO_INTAKE }, this.ledger);
  }

  /** Clients that post until the returned function is called, which resolves once all is acknowledged that they sent. */
  flood(clients: number): () => Promise<void> {
    const ending = new AbortController();
    const runs = Promise.all(Array.from({ length: clients }, () => this.newClient().run(ending.signal)));
    // A refusal ends the trial where it waits for the flood; until then nothing waits for it.
    runs.catch(() => undefined);
    return async () => {
      ending.abort();
      await runs;
    };
  }

  /** Repeats some keys, which must lead to the requests they led to first. The server runs. */
  async repeat(count: number): Promise<void> {
    for (const key of this.ledger.someKeys(count)) await this.client.submit(key);
  }

  /** Compares the log with what was acknowledged while the server runs, stops the server, and asks `onedoor doctor`. */
  async audit(tally: Tally, after: string): Promise<void> {
    tally.log(await settledLog(this.folder, this.ledger.all()), after);
    tally.found('doubled', `keys that led to another request when repeated, after ${after}`, this.ledger.contradicted);
    tally.acknowledged(this.ledger.size);
    await this.server.stop();
    for (const problem of await problemsOf(this.folder)) if (!problem.includes(BEHIND)) tally.found('wrong', `${problem}, after ${after}`);
  }
}
