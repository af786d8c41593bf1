import 'reflect-metadata';
import { runService } from '@onedoor/composition';
import { STANDALONE } from './standalone.js';

await runService(STANDALONE, process.env);
