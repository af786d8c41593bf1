import { ANALYTICS } from '@onedoor/analytics';
import type { AuditedStream } from '@onedoor/audit';
import { type ProjectorPorts } from '@onedoor/engine';
import { INTAKE } from '@onedoor/intake';
import { NOTIFICATIONS } from '@onedoor/notifications';
import { contextViews, type Context, type View } from '@onedoor/platform';
import { ROUTING } from '@onedoor/routing';

/** Every context of the product. What is true of all of them is derived from this list, and stands in no other. */
export const CONTEXTS: readonly Context[] = [INTAKE, ROUTING, NOTIFICATIONS, ANALYTICS];

/** The topics between contexts. Those of the departments are declared as departments are made. */
export const topicsOf = (contexts: readonly Context[]): readonly string[] => contexts.flatMap(({ topics }) => topics);

/** Who follows what: the consumer group of each context, and its topics. */
export const groupsOf = (contexts: readonly Context[]): readonly { readonly group: string; readonly topics: readonly string[] }[] =>
  contexts.flatMap(({ name, consumes }) => (consumes === null ? [] : [{ group: name, topics: consumes.topics }]));

/** Every read model, over the ports that it is kept in. */
export const viewsOf = (ports: ProjectorPorts, contexts: readonly Context[] = CONTEXTS): readonly View[] =>
  contexts.flatMap(contextViews).map((view) => view.over(ports));

/** The streams that tell a request's story, as auditors read them. */
export const auditedStreamsOf = (contexts: readonly Context[]): readonly AuditedStream[] =>
  contexts
    .flatMap(({ aggregates }) => aggregates)
    .flatMap(({ of, shownIn, describe, present }) =>
      present === undefined || shownIn === undefined ? [] : [{ category: of.category, shownIn, describe, present }],
    );

export const TOPICS = topicsOf(CONTEXTS);
export const GROUPS = groupsOf(CONTEXTS);
export const AUDITED_STREAMS = auditedStreamsOf(CONTEXTS);
