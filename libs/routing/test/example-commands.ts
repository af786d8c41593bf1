import type { Instant } from '@onedoor/kernel';
import type { CaseCommand, CaseCommandName } from '../src/case/command.js';
import { CASE_COMMANDS } from '../src/case/commands/index.js';
import type { Case } from '../src/case/state.js';
import { hours, terms } from './case.fixtures.js';

/** The names of the commands that staff may ask for. */
export const COMMAND_NAMES = Object.values(CASE_COMMANDS.commands)
  .filter(({ roles }) => roles.length > 0)
  .map(({ name }) => name as CaseCommandName);

/** Services that find each thing that a definition asks for. */
const NEEDS = {
  policies: {
    agreement: () => Promise.resolve(null),
    terms: (_department: string, _service: string, startedAt: Instant) => Promise.resolve(terms({ startedAt, agreementVersion: 7 })),
    hasDepartment: () => Promise.resolve(true),
  },
  seal: () => Promise.resolve({ note: null }),
} as never;

/** The command that a definition's example becomes for a case, an hour after it was opened unless another instant is given. */
export async function exampleCommand(name: CaseCommandName, state: Case, at: Instant = hours(1)): Promise<CaseCommand> {
  const { type, example, prepare } = CASE_COMMANDS.commands[name];
  const asked = { id: '9AN03NQK8NE', body: example, at, by: null, client: null, isPreview: false, state };
  const prepared = prepare === undefined ? { type, at, ...(example as object) } : await prepare(asked, NEEDS);
  if (!('type' in prepared)) throw new Error(`The example of ${name} is refused: ${JSON.stringify(prepared)}`);
  return prepared as CaseCommand;
}
