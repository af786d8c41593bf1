import { cityInProcesses } from './stories/processes.js';
import { stories } from './stories/stories.js';

stories('a process a service', () => cityInProcesses(process.env));
