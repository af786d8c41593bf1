// `npm run faults`: puts the compiled product under every kind of fault, and checks what was lost, doubled or not named.
import { launch } from './launch.mjs';

launch('apps/trials/dist/faults/main.js', process.argv.slice(2));
