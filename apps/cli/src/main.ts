import 'reflect-metadata';
import { onedoorProgram } from './program.js';
import { report, run } from './run.js';

process.on('uncaughtException', (error) => process.exit(report(error, process.env)));
// The reader of standard output may end first, as `head` does: that is no failure worth a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 1 : report(error, process.env)));
process.exitCode = await run(onedoorProgram(process.env), process.argv.slice(2), process.env);
