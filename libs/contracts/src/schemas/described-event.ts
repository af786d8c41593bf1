import type { PublicEvent } from '../public-event.js';
import type { JsonSchema } from './json-schema.js';
import { objectSchema, type Members } from './member.js';

/** A public event as others read about it: in a sentence, and member by member. */
export interface DescribedEvent {
  /** A sentence about the fact, for people. */
  readonly says: string;
  readonly data: Readonly<Record<string, { readonly schema: JsonSchema; readonly isOptional?: true }>>;
}

/** A description of each type of a union of events: one that is missing, superfluous or differs from its type does not compile. */
export type DescribedEvents<Event extends PublicEvent> = {
  readonly [Type in Event['type']]: Pick<DescribedEvent, 'says'> & {
    readonly data: Members<Extract<Event, { readonly type: Type }>['data']>;
  };
};

/** What an event of this type has beyond the envelope. */
export function bodySchema(type: string, { says, data }: DescribedEvent): JsonSchema {
  return {
    title: type,
    description: says,
    type: 'object',
    properties: {
      source: { const: `/onedoor/${type.split('.')[2]}` },
      type: { const: type },
      data: { type: 'object', ...objectSchema(data) },
    },
  };
}
