import { cityInOneProcess, DATA } from './stories/one-process.js';
import { stories } from './stories/stories.js';

stories('SQLite', () => cityInOneProcess(DATA.sqlite));
stories('the clients of EventStoreDB and MongoDB', () => cityInOneProcess(DATA.doubles));
