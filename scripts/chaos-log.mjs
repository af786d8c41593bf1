// `npm run chaos:log`: kills, stops and hangs the log under load, and holds every answer of it against what was acknowledged.
import { launch } from './launch.mjs';

launch('apps/trials/dist/chaos-log/main.js', process.argv.slice(2));
