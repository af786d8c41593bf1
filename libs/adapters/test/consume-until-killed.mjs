import { appendFileSync } from 'node:fs';
import { kafkaWorld } from './kafka-world.ts';

// A member of a group: appends the number of each message to a file as its effect, a moment after it was handed, until it is killed.
const [, , prefix, file] = process.argv;
const { bus } = await kafkaWorld(prefix).open();
const consumption = bus.consume({
  topics: ['city'],
  group: 'readers',
  signal: new AbortController().signal,
  handler: async (page) => {
    for (const { event } of page) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      appendFileSync(file, `${event.id}\n`);
    }
  },
});
process.stdout.write('ready\n');
await consumption;
