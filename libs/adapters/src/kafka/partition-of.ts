import kafkajs, { type PartitionMetadata } from 'kafkajs';

const partitioner = kafkajs.Partitioners.DefaultPartitioner();
const metadataOf = (partitionId: number): PartitionMetadata => ({ partitionId, leader: 0, partitionErrorCode: 0, replicas: [], isr: [] });

/** The partition of a key, as every other client of Kafka computes it: the same for ever, as long as the count stays. */
export function partitionOf(key: string, count: number): number {
  return partitioner({
    topic: '',
    partitionMetadata: Array.from({ length: count }, (_, id) => metadataOf(id)),
    message: { key, value: null },
  });
}
