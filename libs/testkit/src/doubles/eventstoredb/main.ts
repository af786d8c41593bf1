import { createInterface } from 'node:readline';
import { startProgram } from './program/program.js';
import { type ProgramSettings, settingsOf, USAGE } from './program/settings.js';

// The double, or a cluster of them, as a process. Its first output line is its address, printed once it listens; with --control it executes
// the lines of its standard input. SIGTERM and SIGINT stop it gracefully, a second one at once.
const settings = read();
if (settings) {
  const program = await startProgram(settings);
  process.stdout.write(`${program.connectionString}\n`);
  if (settings.isControlled) {
    const answer = async (line: string) => void process.stdout.write(`${await program.execute(line)}\n`);
    createInterface({ input: process.stdin }).on('line', (line) => void answer(line));
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void program.end().finally(() => process.stdin.destroy()));
}

function read(): ProgramSettings | null {
  try {
    return settingsOf(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exitCode = 2;
    return null;
  }
}
