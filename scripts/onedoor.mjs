// `npm run onedoor -- <command>`: the command line. Demo mode is for the server only.
import { launch } from './launch.mjs';

// An import makes events by the hundred thousand: with room for 64 MB of young objects, collecting them takes less of its time.
launch('apps/cli/dist/main.js', process.argv.slice(2), { nodeOptions: ['--max-semi-space-size=64'] });
