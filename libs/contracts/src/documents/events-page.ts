import { REQUEST_SUBMITTED } from '../intake-events.js';
import { PUBLIC_TOPICS, type PublicTopic } from '../schemas/public-topics.js';
import { READERS, type Samples } from './async-api.js';

/** The public events for people to read, in Markdown. */
export const eventsPage = (samples: Samples): string => `# Public events

What OneDoor tells the world, each as a [CloudEvent 1.0](https://cloudevents.io) in structured JSON under the reference of its request.
${READERS}
Nothing in them is personal data.

This page and [asyncapi.yaml](asyncapi.yaml), which says what each member means, are made by \`npm run docs\` from \`libs/contracts\`.

A whole message, as Kafka keeps it under the key \`${samples.get(REQUEST_SUBMITTED)?.subject ?? ''}\`; below only \`data\` is shown:

\`\`\`json
${JSON.stringify(samples.get(REQUEST_SUBMITTED), null, 2)}
\`\`\`

${PUBLIC_TOPICS.map((topic) => section(topic, samples)).join('\n\n')}
`;

const section = ({ address, says, readers, partitions, retentionDays, events }: PublicTopic, samples: Samples): string => `## ${address}

${says}

Read by: ${readers} ${partitions} partitions, kept for ${retentionDays} days.

| type | says | data, for example |
|---|---|---|
${Object.entries(events)
  .map(([type, event]) => `| \`${type}\` | ${event.says} | \`${JSON.stringify(samples.get(type)?.data)}\` |`)
  .join('\n')}`;
