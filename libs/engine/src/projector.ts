import { applyPage } from './apply-page.js';
import { followed } from './followed.js';
import type { Position } from './ports/event-store.js';
import { Fenced } from './ports/failures.js';
import type { Projection } from './projection.js';
import { checkpointOf, type ProjectorPorts } from './projector-ports.js';
import { rebuild } from './rebuild.js';
import type { RunOptions } from './run-options.js';

/** Small enough that a page never holds up a request for long, large enough that documents coalesce. */
const PAGE_EVENTS = 1_024;

/**
 * Keeps one projection's documents in step with the log. Documents first, checkpoint second: a crash between the two only
 * repeats a page that its documents then ignore. When the code brings a new version, it is built beside the old one, which
 * goes on being served, and takes its place once it has caught up.
 */
export class Projector {
  constructor(
    readonly projection: Projection,
    private readonly ports: ProjectorPorts,
  ) {}

  async run({ signal, untilCaughtUp, pace }: RunOptions): Promise<void> {
    const { readModels, checkpoints, alarm } = this.ports;
    const { collection, categories } = this.projection;
    const name = checkpointOf(this.projection);
    const served = await readModels.servedVersion(collection.name);
    if (served !== null && served !== collection.version) await rebuild(this.projection, this.ports, signal);

    let at = await checkpoints.load(name);
    for await (const next of followed(this.ports, { after: at, categories, pageSize: PAGE_EVENTS, signal })) {
      if (next.kind === 'caught-up') {
        if (untilCaughtUp) return;
        continue;
      }
      await applyPage(this.projection, collection, next.events, readModels, alarm);
      at = await this.moveOn(name, at, next.position);
      await pace?.(next.events.length === PAGE_EVENTS);
    }
  }

  private async moveOn(name: string, from: Position | null, to: Position): Promise<Position> {
    if (await this.ports.checkpoints.advance(name, from, to)) return to;
    throw new Fenced(`Another ${name} moved its checkpoint`);
  }
}
