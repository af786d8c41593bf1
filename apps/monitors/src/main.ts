import 'reflect-metadata';
import { runService } from '@onedoor/composition';
import { service } from './composition.js';

await runService(service, process.env);
