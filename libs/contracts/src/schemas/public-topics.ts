import { CATALOG_TOPIC } from '../catalog-events.js';
import { INTAKE_TOPIC } from '../intake-events.js';
import { NOTIFICATIONS_TOPIC } from '../notification-events.js';
import { ROUTING_TOPIC } from '../routing-events.js';
import { workTopic } from '../work-events.js';
import { CATALOG_EVENTS } from './catalog-schemas.js';
import { bodySchema, type DescribedEvent } from './described-event.js';
import { ENVELOPE_ID } from './envelope-schema.js';
import { INTAKE_EVENTS } from './intake-schemas.js';
import { JSON_SCHEMA_DIALECT, type JsonSchema } from './json-schema.js';
import { NOTIFICATION_EVENTS } from './notification-schemas.js';
import { ROUTING_EVENTS } from './routing-schemas.js';
import { WORK_EVENTS } from './work-schemas.js';

/** A topic, or a family of topics, as others read about it. */
export interface PublicTopic {
  /** Its name here, in lower case. */
  readonly name: string;
  /** Its name on the bus; `{department}` stands for a department's code, as `workTopic` writes it. */
  readonly address: string;
  readonly says: string;
  /** Who may read it: the broker's rights say the same. */
  readonly readers: string;
  /** Never changed: another number would move the keys, and break the order of each. */
  readonly partitions: number;
  readonly retentionDays: number;
  /** By type. */
  readonly events: Readonly<Record<string, DescribedEvent>>;
}

/** Everything that OneDoor tells the world, and where. Each topic keeps the events of one reference in order. */
export const PUBLIC_TOPICS: readonly PublicTopic[] = [
  {
    name: 'intake',
    address: INTAKE_TOPIC,
    says:
      'What was reported, and what residents were told since, in one order. ' +
      'A service that writes to residents needs no other topic about requests.',
    readers: "The city's own services.",
    partitions: 12,
    retentionDays: 30,
    events: INTAKE_EVENTS,
  },
  {
    name: 'catalog',
    address: CATALOG_TOPIC,
    says: 'What residents can ask for, and the city that they ask: all under the key `city`.',
    readers: "The city's own services.",
    partitions: 12,
    retentionDays: 30,
    events: CATALOG_EVENTS,
  },
  {
    name: 'routing',
    address: ROUTING_TOPIC,
    says: 'Which department answers for a case, what is promised, and how the work ends.',
    readers: "The city's own services.",
    partitions: 12,
    retentionDays: 30,
    events: ROUTING_EVENTS,
  },
  {
    name: 'notifications',
    address: NOTIFICATIONS_TOPIC,
    says: 'Which messages to residents went out, and which will not; never to whom, and never their words.',
    readers: "The city's own services.",
    partitions: 12,
    retentionDays: 30,
    events: NOTIFICATION_EVENTS,
  },
  {
    name: 'work',
    address: `${workTopic('')}{department}`,
    says:
      'One topic a department, with its own work only. A reader that begins at its start and keeps what was routed and neither ' +
      "withdrawn nor finished has the department's queue.",
    readers:
      'That department, by a broker account that may read this topic and use the consumer groups whose names begin with ' +
      '`<department>.`, and nothing else.',
    partitions: 3,
    retentionDays: 90,
    events: WORK_EVENTS,
  },
];

/** The JSON Schema of a whole CloudEvent, by its type. Each refers to ENVELOPE_SCHEMA, which a validator is given beside it. */
export const EVENT_SCHEMAS: ReadonlyMap<string, JsonSchema> = new Map(
  PUBLIC_TOPICS.flatMap(({ events }) => Object.entries(events)).map(([type, event]) => [
    type,
    { $schema: JSON_SCHEMA_DIALECT, $id: `urn:onedoor:schema:${type}`, allOf: [{ $ref: ENVELOPE_ID }], ...bodySchema(type, event) },
  ]),
);
