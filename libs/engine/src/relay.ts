import { followed } from './followed.js';
import type { Checkpoints } from './ports/checkpoints.js';
import type { BusMessage, EventBus } from './ports/event-bus.js';
import { Fenced } from './ports/failures.js';
import type { LogPorts } from './read-backoff.js';
import { Translator, type PublishedAggregate } from './translator.js';
import { relayCheckpointOf, type RunOptions } from './worker.js';

const PAGE_EVENTS = 256;

/**
 * Follows a context's own streams and publishes their public events: log, then bus, then checkpoint. A crash in between publishes
 * a page twice under the same ids, so that consumers recognise the duplicates.
 */
export class Relay {
  private readonly translator: Translator;

  constructor(
    context: string,
    publications: readonly PublishedAggregate[],
    private readonly ports: LogPorts & { readonly bus: EventBus; readonly checkpoints: Checkpoints },
    /** Names its checkpoint, where a context has more than one relay. */
    private readonly name: string = context,
  ) {
    this.translator = new Translator(context, publications, ports);
  }

  /** What its cache holds, estimated. */
  get cachedBytes(): number {
    return this.translator.cachedBytes;
  }

  async run({ signal, untilCaughtUp, pace, onProgress }: RunOptions): Promise<void> {
    const { bus, checkpoints } = this.ports;
    const name = relayCheckpointOf(this.name);
    let at = await checkpoints.load(name);
    for await (const next of followed(this.ports, { after: at, categories: this.translator.categories, pageSize: PAGE_EVENTS, signal })) {
      if (next.kind === 'caught-up') {
        onProgress?.();
        if (untilCaughtUp) return;
        continue;
      }
      const messages: BusMessage[] = [];
      for (const event of next.events) messages.push(...(await this.translator.translate(event, signal)));
      if (messages.length > 0) await bus.publish(messages);
      if (!(await checkpoints.advance(name, at, next.position))) throw new Fenced(`Another ${name} moved its checkpoint`);
      at = next.position;
      onProgress?.();
      await pace?.(next.events.length === PAGE_EVENTS);
    }
  }
}
