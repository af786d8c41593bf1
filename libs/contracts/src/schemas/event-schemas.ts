import { bodySchema } from './described-event.js';
import { ENVELOPE_ID } from './envelope-schema.js';
import { JSON_SCHEMA_DIALECT, type JsonSchema } from './json-schema.js';
import { PUBLIC_TOPICS } from './public-topics.js';

/** The JSON Schema of a whole CloudEvent, by its type. Each refers to ENVELOPE_SCHEMA, which a validator is given beside it. */
export const EVENT_SCHEMAS: ReadonlyMap<string, JsonSchema> = new Map(
  PUBLIC_TOPICS.flatMap(({ events }) => Object.entries(events)).map(([type, event]) => [
    type,
    { $schema: JSON_SCHEMA_DIALECT, $id: `urn:onedoor:schema:${type}`, allOf: [{ $ref: ENVELOPE_ID }], ...bodySchema(type, event) },
  ]),
);
