import 'reflect-metadata';
import { runService, WHOLE_PRODUCT } from '@onedoor/composition';

await runService(WHOLE_PRODUCT, process.env);
