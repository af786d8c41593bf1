// `npm run chaos:processes`: kills services and broker under load, and holds what is left against what was acknowledged.
import { launch } from './launch.mjs';

launch('apps/trials/dist/chaos-processes/main.js', process.argv.slice(2));
