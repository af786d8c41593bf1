import type { Deployment } from './deployment.js';

/** A line for each thing that is wrong with a deployment; none when all is well. */
export type Check = (deployment: Deployment) => readonly string[];
