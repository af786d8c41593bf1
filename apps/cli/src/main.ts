import 'reflect-metadata';
import { Command } from 'commander';
import { say } from './answer.js';
import { importBoston } from './commands/import-boston.js';

const program = new Command('onedoor').description('The front door of city hall, from the command line');
const imports = program.command('import').description('bring records of another system in');
imports.command('boston-311').argument('<file>').requiredOption('--agreements <csv>').option('--city <json>', '', 'config/boston-2011.json').option('--data <folder>', '', './data').option('--json', '', false).action(importBoston);
try { await program.parseAsync(); } catch (error) { say(String((error as Error).stack)); process.exitCode = 1; }
