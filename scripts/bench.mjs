// `npm run bench [-- row…]`: measures the product beside its floors.
import { launch } from './launch.mjs';

launch('apps/trials/dist/bench/main.js', process.argv.slice(2));
