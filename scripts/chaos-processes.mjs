// `npm run chaos:processes`: kills services and broker under load, and holds what is left against what was acknowledged.
import { launch } from './launch.mjs';
import { build, install } from './set-up.mjs';

install();
build();
launch('apps/trials/dist/chaos-processes/main.js', process.argv.slice(2));
