import type { PublicEvent } from '../public-event.js';
import { JSON_SCHEMA_DIALECT, type JsonSchema } from './json-schema.js';
import { INSTANT } from './member.js';

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** The attributes that every public event carries; those of its own type are narrower. */
const ATTRIBUTES: Readonly<Record<keyof PublicEvent, JsonSchema>> = {
  specversion: { const: '1.0', description: 'Version of CloudEvents.' },
  id: {
    type: 'string',
    pattern: UUID,
    description: 'Names this event for good: a repeated delivery, or a relay that starts anew, brings the same id.',
  },
  source: { type: 'string', pattern: '^/onedoor/[a-z]+$', description: 'The context that tells it.' },
  type: {
    type: 'string',
    pattern: '^gov\\.onedoor\\.[a-z]+\\.[a-z-]+\\.[a-z-]+\\.v[1-9]\\d*$',
    description: 'Context, aggregate, fact and version.',
  },
  subject: {
    type: 'string',
    pattern: '^([0-9A-HJKMNP-TV-Z]{11}|city)$',
    description: 'The reference of the request that it is about, or `city` where it is about no request; the key of the message.',
  },
  time: { ...INSTANT, description: 'When it happened for the city, in UTC; it may be told much later.' },
  datacontenttype: { const: 'application/json' },
  sequence: {
    type: 'string',
    pattern: '^\\d{8}\\.\\d+$',
    description: 'Grows with each event of one subject and source, compared as text. What is not greater than the last was seen before.',
  },
  correlationid: { type: 'string', minLength: 1, description: 'The same for everything that one thing led to.' },
  causationid: { type: 'string', minLength: 1, description: 'The private event behind this one, as an auditor finds it.' },
  jurisdiction: { type: 'string', minLength: 1, description: 'The city.' },
  traceparent: {
    type: 'string',
    pattern: '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$',
    description: 'W3C trace context, where one was recorded.',
  },
  data: { type: 'object', description: 'What happened. No personal data.' },
};

const OPTIONAL = ['traceparent'];

export const ENVELOPE_ID = 'urn:onedoor:schema:cloudevent';

/** What all public events have in common. Members that it does not name are allowed: a reader passes over what it does not know. */
export const ENVELOPE_SCHEMA: JsonSchema = {
  $schema: JSON_SCHEMA_DIALECT,
  $id: ENVELOPE_ID,
  title: 'A public event of OneDoor: a CloudEvent 1.0 in structured JSON',
  type: 'object',
  required: Object.keys(ATTRIBUTES).filter((name) => !OPTIONAL.includes(name)),
  properties: ATTRIBUTES,
};
