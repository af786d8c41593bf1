import { auditedStreamsOf } from '@onedoor/audit';
import { relayCheckpointOf, type ProjectorPorts } from '@onedoor/engine';
import { contextViews, relaysOf, type Context, type View } from '@onedoor/platform';
import { SERVICES } from './services.js';

/** Every context of the product, whichever process holds it. All other lists of contexts are derived from this one. */
export const CONTEXTS: readonly Context[] = SERVICES.flatMap(({ contexts }): readonly Context[] => contexts);

/** The topics between contexts. Those of the departments are declared as departments are made. */
export const topicsOf = (contexts: readonly Context[]): readonly string[] => contexts.flatMap(({ topics }) => topics);

/** Who follows what: the consumer group of each context, and its topics. */
export const groupsOf = (contexts: readonly Context[]): readonly { readonly group: string; readonly topics: readonly string[] }[] =>
  contexts.flatMap(({ name, consumes }) => (consumes === null ? [] : [{ group: name, topics: consumes.topics }]));

/** Every read model, over the ports that it is kept in. */
export const viewsOf = (ports: ProjectorPorts, contexts: readonly Context[] = CONTEXTS): readonly View[] =>
  contexts.flatMap(contextViews).map((view) => view.over(ports));

/** The names of the relays' checkpoints: of all that tell other contexts of events. */
export const relayCheckpointsOf = (contexts: readonly Context[]): readonly string[] =>
  contexts.flatMap(relaysOf).map(({ name }) => relayCheckpointOf(name));

export const TOPICS = topicsOf(CONTEXTS);
export const GROUPS = groupsOf(CONTEXTS);
/** The streams that tell a request's story, as auditors read them. */
export const AUDITED_STREAMS = auditedStreamsOf(CONTEXTS);
