// A department's own system, as small as it can be: keeps exactly the department's queue, and prints it whenever it changes.
// KAFKA_BROKERS=kafka:9092 node docs/examples/department-consumer.mjs onedoor.work.streets streets.example
import { Kafka, logLevel } from 'kafkajs';

const [topic, groupId] = process.argv.slice(2);
const { KAFKA_BROKERS = '', KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = process.env;
if (!KAFKA_BROKERS || !topic || !groupId) {
  console.error('KAFKA_BROKERS=host:port node docs/examples/department-consumer.mjs TOPIC GROUP');
  process.exit(2);
}
const account = username ? { ssl: true, sasl: { mechanism: 'scram-sha-512', username, password } } : {};
const consumer = new Kafka({ brokers: KAFKA_BROKERS.split(','), logLevel: logLevel.ERROR, ...account }).consumer({ groupId });

const seen = new Map(); // The last sequence of each case: what is not greater came before, and came again.
const queue = new Map(); // What was routed here, and neither withdrawn nor finished since, by when it falls due now.
let messages = 0;

function take({ subject, sequence, type, data }) {
  messages += 1;
  if (sequence <= (seen.get(subject) ?? '')) return;
  seen.set(subject, sequence);
  if (type === 'gov.onedoor.routing.work.routed.v1') queue.set(subject, data);
  if (type === 'gov.onedoor.routing.work.due-changed.v1') queue.set(subject, { ...queue.get(subject), ...data });
  if (type === 'gov.onedoor.routing.work.withdrawn.v1' || type === 'gov.onedoor.routing.work.finished.v1') queue.delete(subject);
}

await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await consumer.run({
  autoCommit: false, // The queue is kept in memory only, so each start reads from the first message on.
  eachBatch: async ({ batch }) => {
    for (const { value } of batch.messages) take(JSON.parse(value));
    const dates = [...queue].map(([reference, { dueAt, legDueAt }]) => [reference, dueAt, legDueAt]);
    console.log(JSON.stringify({ messages, queue: dates.sort() }));
  },
});
