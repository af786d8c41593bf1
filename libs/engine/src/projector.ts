import { applyPage } from './fold-documents.js';
import { followed } from './followed.js';
import type { Position } from './ports/event-store.js';
import { Fenced } from './ports/failures.js';
import type { Projection } from './projection.js';
import { rebuild } from './rebuild.js';
import { checkpointOf, type ProjectorPorts, type RunOptions } from './worker.js';

/** Small enough that a page never delays a request for long, large enough that changes to one document coalesce. */
const PAGE_EVENTS = 1_024;

/**
 * Keeps one projection's documents up to date with the log. Documents are written before the checkpoint: a crash between the two
 * repeats a page, which the documents' positions make harmless. A new version is built beside the old one, which is served until
 * the new one has caught up and replaces it.
 */
export class Projector {
  constructor(
    readonly projection: Projection,
    private readonly ports: ProjectorPorts,
  ) {}

  async run({ signal, untilCaughtUp, pace, onProgress }: RunOptions): Promise<void> {
    const { readModels, checkpoints, alarm } = this.ports;
    const { collection, categories } = this.projection;
    const name = checkpointOf(this.projection);
    const served = await readModels.servedVersion(collection.name);
    if (served !== null && served !== collection.version) await rebuild(this.projection, this.ports, signal);

    let at = await checkpoints.load(name);
    for await (const next of followed(this.ports, { after: at, categories, pageSize: PAGE_EVENTS, signal })) {
      if (next.kind === 'caught-up') {
        onProgress?.();
        if (untilCaughtUp) return;
        continue;
      }
      await applyPage(this.projection, collection, next.events, readModels, alarm);
      at = await this.moveOn(name, at, next.position);
      onProgress?.();
      await pace?.(next.events.length === PAGE_EVENTS);
    }
  }

  private async moveOn(name: string, from: Position | null, to: Position): Promise<Position> {
    if (await this.ports.checkpoints.advance(name, from, to)) return to;
    throw new Fenced(`Another ${name} moved its checkpoint`);
  }
}
