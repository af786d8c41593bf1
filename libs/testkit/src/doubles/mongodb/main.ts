import { startMongoDouble } from './start.js';

// The double as a process of its own: `node main.js [port]`. Its one line says that it listens, and where.
const double = await startMongoDouble({ port: Number(process.argv[2] ?? 0) });
process.stdout.write(`${double.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void double.close());
