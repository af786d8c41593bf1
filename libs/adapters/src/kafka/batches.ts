import { assert } from '@onedoor/kernel';
import kafkajs, { type PartitionMetadata } from 'kafkajs';
import type { EventRecord } from './record.js';

/** A broker takes about a million bytes at once: half of that leaves room for headers and for the driver's own fields. */
const BATCH_BYTES = 500_000;
const RECORD_BYTES = 900_000;

export interface AddressedRecord extends EventRecord {
  readonly topic: string;
  readonly partition: number;
}

/** What is to be sent to one partition, batch after batch. */
export interface PartitionBatches {
  readonly topic: string;
  readonly partition: number;
  readonly batches: readonly (readonly EventRecord[])[];
}

/** Sorts a page by partition, in order, into batches that a broker takes. */
export function batchesOf(records: readonly AddressedRecord[]): readonly PartitionBatches[] {
  const byPartition = Map.groupBy(records, ({ topic, partition }) => `${topic} ${partition}`);
  return [...byPartition.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ topic: first.topic, partition: first.partition, batches: splitBySize(group) }] : [];
  });
}

function splitBySize(records: readonly EventRecord[]): readonly (readonly EventRecord[])[] {
  const batches: EventRecord[][] = [];
  let room = 0;
  for (const record of records) {
    const size = record.value.length;
    assert(size <= RECORD_BYTES, 'a public event is smaller than a broker takes');
    if (batches.length === 0 || size > room) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)?.push(record);
    room -= size;
  }
  return batches;
}

const partitioner = kafkajs.Partitioners.DefaultPartitioner();
const metadataOf = (partitionId: number): PartitionMetadata => ({ partitionId, leader: 0, partitionErrorCode: 0, replicas: [], isr: [] });

/** The partition of a key, as every client of Kafka computes it: the same as long as the count stays. */
export function partitionOf(key: string, count: number): number {
  return partitioner({
    topic: '',
    partitionMetadata: Array.from({ length: count }, (_, id) => metadataOf(id)),
    message: { key, value: null },
  });
}
