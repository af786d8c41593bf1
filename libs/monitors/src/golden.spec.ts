import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import { OVERDUE_FLAG } from './overdue/overdue-flag.js';

goldenContract(OVERDUE_FLAG, join(import.meta.dirname, 'overdue/golden'), {
  written: firstOfEachType(
    OVERDUE_FLAG.decider,
    { type: 'RaiseOverdue', at: '2026-03-04T14:00:00.000Z', round: 1, department: 'works', dueAt: '2026-03-04T14:00:00.000Z' },
    { type: 'ClearOverdue', at: '2026-03-05T14:00:00.000Z', round: 1 },
  ),
  amountsTo: { round: 1, isRaised: false },
});
