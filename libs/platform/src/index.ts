export { PORTS, PortsModule, type Ports } from './ports.js';
export { Config, DEMO_KEY, readConfig } from './config/config.js';
export { ErrorFilter, type ErrorForm } from './http/error.filter.js';
export { problemOf, RequestProblem, titleOf, type Problem } from './http/problem.js';
export type { Reply } from './http/reply.js';
export { SetUpRefused } from './set-up-refused.js';
export type { Worker } from './workers/worker.js';
export { WorkerRunner } from './workers/worker-runner.js';
export { WorkersModule } from './workers/workers.module.js';
