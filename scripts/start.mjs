// `npm start`: installs what is missing, builds what is stale, and starts the server, with a demo city in an empty folder.
import { launch } from './launch.mjs';

const at = process.argv.indexOf('--data');
const data = at > 0 && process.argv[at + 1] ? { ONEDOOR_DATA: process.argv[at + 1] } : {};
launch('apps/standalone/dist/main.js', [], { env: { ONEDOOR_DEMO: process.env.ONEDOOR_DEMO ?? 'on', ...data } });
