// `npm run chaos`: floods the server and kills it, and checks afterwards that nothing was lost or doubled.
import { launch } from './launch.mjs';

launch('apps/trials/dist/chaos/main.js', process.argv.slice(2));
