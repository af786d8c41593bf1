import { defineCommand } from '@onedoor/engine';
import type { CaseNeeds } from '../case-needs.service.js';
import type { CaseCommand } from '../command.js';
import type { Case } from '../state.js';

/** A command of a case, and what it may find things out with. */
export const caseCommand = defineCommand<Case, CaseCommand, Pick<CaseNeeds, 'policies' | 'seal' | 'find'>>();

/** The roles that work on cases. On which cases is decided case by case. */
export const WORKERS_ON_CASES = ['department', 'router'] as const;
