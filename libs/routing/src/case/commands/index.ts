import type { CommandSet } from '@onedoor/engine';
import { parseReference, rejectAbsent } from '@onedoor/kernel';
import type { CaseNeeds } from '../case-needs.service.js';
import { refusalCodesOf, refusalOf, type CaseCommand, type CaseCommandName } from '../command.js';
import { mayActOn } from '../may-act-on.js';
import type { Case, CaseState } from '../state.js';
import { acceptReturn } from './accept-return.js';
import { accept, assign, start } from './accept-assign-start.js';
import { assess } from './assess.js';
import { correct } from './correct.js';
import { excuse } from './excuse.js';
import { open } from './open.js';
import { reach } from './reach.js';
import { close, reopen } from './close-reopen.js';
import { resolve } from './resolve.js';
import { giveBack } from './return.js';
import { revise } from './revise.js';
import { transfer } from './transfer.js';
import { resume, wait } from './wait.js';

const UNKNOWN = rejectAbsent('CASE_UNKNOWN', 'There is no case under this reference');

type Name = CaseCommandName | 'open' | 'assess' | 'correct';

/**
 * What can be done to a case. A name without a definition does not compile, nor does a definition that the transition table does not
 * know.
 */
export const CASE_COMMANDS: CommandSet<CaseState, Case, CaseCommand, Name, Pick<CaseNeeds, 'policies' | 'seal' | 'find'>> = {
  path: 'api/v1/cases',
  parameter: 'reference',
  idOf: parseReference,
  missing: UNKNOWN,
  existing: (state) => (state.exists ? state : null),
  refusal: (name, state) => (isOfTable(name) ? refusalOf(name, state) : null),
  refusalsOf: (name) => (isOfTable(name) ? refusalCodesOf(name) : []),
  // A case of another department is answered as one that does not exist.
  mayAct: (principal, state) => (mayActOn(principal, state) ? null : UNKNOWN),
  editionOf: ({ edition }) => edition,
  statuses: { CASE_CHANGED: 412 },
  commands: {
    open,
    transfer,
    accept,
    return: giveBack,
    'accept-return': acceptReturn,
    assign,
    start,
    revise,
    wait,
    resume,
    resolve,
    close,
    reopen,
    excuse,
    reach,
    assess,
    correct,
  },
};

/** `open`, `assess` and `correct` are the system's, and depend on no status. */
const isOfTable = (name: Name): name is CaseCommandName => name !== 'open' && name !== 'assess' && name !== 'correct';
