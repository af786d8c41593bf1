import { cityOfFiveProcesses } from './stories/five-processes.js';
import { stories } from './stories/stories.js';

stories('five processes', () => cityOfFiveProcesses(process.env));
