// `npm run onedoor -- <command>`: the command line. Demo mode is for the server only.
import { launch } from './launch.mjs';

launch('apps/cli/dist/main.js', process.argv.slice(2));
