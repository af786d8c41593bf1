export { PORTS, PortsModule, type Ports } from './ports.js';
export { Config, DEMO_KEY, readConfig } from './config/config.js';
export { problemOf, ProblemFilter, type Problem, type Reply } from './http/problem.filter.js';
export type { Worker } from './workers/worker.js';
export { WorkerRunner } from './workers/worker-runner.js';
export { WorkersModule } from './workers/workers.module.js';
