import { startMongoDouble } from './start.js';

// The double as a process: `node main.js [port]`. Its only output line is its address, printed once it listens.
const double = await startMongoDouble({ port: Number(process.argv[2] ?? 0) });
process.stdout.write(`${double.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void double.close());
