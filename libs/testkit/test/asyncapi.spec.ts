import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@onedoor/contracts';
import { parse } from 'yaml';
import { readGolden } from '../src/golden.js';
import { ROOT } from './lint/snippet.js';

interface Channel {
  readonly address: string;
  readonly messages: Readonly<Record<string, unknown>>;
  readonly bindings: { readonly kafka: { readonly partitions: number; readonly topicConfiguration: Readonly<Record<string, unknown>> } };
}
interface Message {
  readonly name: string;
  readonly examples: readonly { readonly payload: unknown }[];
}
interface Document {
  readonly channels: Readonly<Record<string, Channel>>;
  readonly components: { readonly messages: Readonly<Record<string, Message>> };
}

/** Loaded by path: it is the adapter's own business. */
interface Adapter {
  topicSettings(topic: string, options: object): { readonly partitions: number; readonly configuration: Readonly<Record<string, string>> };
}

const SAMPLES = readGolden<contracts.PublicEvent>(join(ROOT, 'libs/contracts/src/golden'));
const text = readFileSync(join(ROOT, 'docs/asyncapi.yaml'), 'utf8');
const document = parse(text) as Document;
const channels = Object.values(document.channels);
const messages = Object.values(document.components.messages);

const exported = Object.entries<unknown>(contracts);
const strings = (matching: RegExp): readonly string[] =>
  exported.flatMap(([name, value]) => (typeof value === 'string' && matching.test(name) ? [value] : []));
const topics = [...strings(/_TOPIC$/), `${contracts.workTopic('')}{department}`];
const types = strings(/./).filter((value) => value.startsWith('gov.onedoor.'));

describe('the documents of the public events', () => {
  it('docs/asyncapi.yaml is what `npm run docs` writes', () => {
    expect(document).toEqual(JSON.parse(JSON.stringify(contracts.asyncApi(SAMPLES))));
  });

  it('docs/events.md is what `npm run docs` writes', () => {
    expect(readFileSync(join(ROOT, 'docs/events.md'), 'utf8')).toBe(contracts.eventsPage(SAMPLES));
  });

  it('mean the same to readers of YAML 1.1, who take bare instants for dates', () => {
    expect(parse(text, { version: '1.1' })).toEqual(document);
  });
});

describe('docs/asyncapi.yaml', () => {
  it('has a channel for each topic, and none besides', () => {
    expect(topics.length).toBeGreaterThanOrEqual(3);
    expect(channels.map(({ address }) => address).sort()).toEqual([...topics].sort());
  });

  it('has each type once: in one channel, with its golden sample', () => {
    expect(channels.flatMap((channel) => Object.keys(channel.messages)).sort()).toEqual([...types].sort());
    expect(messages.map(({ name }) => name).sort()).toEqual([...types].sort());
    expect(messages.map(({ name, examples }) => examples?.[0]?.payload ?? name)).toEqual(messages.map(({ name }) => SAMPLES.get(name)));
  });

  it('refers to nothing that is not in it', () => {
    const references = [...text.matchAll(/\$ref: ["']?#\/(?<path>[^"'\s]+)/g)].map(({ groups }) => groups?.['path'] ?? '');
    const found = (path: string): unknown =>
      path.split('/').reduce<unknown>((at, step) => (at as Readonly<Record<string, unknown>> | undefined)?.[step], document);
    expect(references.length).toBeGreaterThan(types.length);
    expect(references.filter((path) => found(path) === undefined)).toEqual([]);
  });

  it('says of each topic what the adapter makes of it', async () => {
    const adapter = '../../adapters/src/kafka/topic-settings.js';
    const { topicSettings } = (await import(adapter)) as Adapter;
    for (const { address, bindings } of channels) {
      const { partitions, topicConfiguration } = bindings.kafka;
      const made = topicSettings(address, {});
      expect([address, partitions, String(topicConfiguration['retention.ms'])]).toEqual([
        address,
        made.partitions,
        made.configuration['retention.ms'],
      ]);
    }
  });
});
