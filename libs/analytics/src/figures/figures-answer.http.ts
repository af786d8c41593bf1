import { count, list, number, orNull, record, text, type Answer } from '@onedoor/platform';
import type { FiguresRow } from './figures.js';

const DAY = { type: 'string', format: 'date' } as const;

const share = (description: string) => ({ type: 'number', minimum: 0, maximum: 1, description }) as const;

const ROW = record<FiguresRow>(
  'FiguresRow',
  {
    department: orNull(text('Where asked for by department; null in triage.')),
    service: text('Where asked for by service.'),
    month: { type: 'string', pattern: '^\\d{4}-\\d{2}$', description: 'Where asked for by month.' },
    opened: count('Submitted in the period.'),
    closed: count('Finally resolved in the period.'),
    backlog: count('Open at the end of the period, or of the month.'),
    due: count('Promises that fall due in the period.'),
    met: count('Of those, resolved at or before the due instant.'),
    missed: count('Of those, breached.'),
    excused: count('Of those missed, the ones whose breach was excused; they stay missed.'),
    void: count('Of those, asked nothing of the city in the end.'),
    onTime: orNull(share('Met, of those met or missed; null where there are none.')),
    withoutAgreement: count('Of those opened, never promised an end.'),
    milestonesMet: count('Milestones of departments beside the resolution that fell due in the period and were reached by then.'),
    milestonesMissed: count('The same, not reached by then.'),
    closedVoid: count('Of those closed, asked nothing of the city in the end: how long they took counts nowhere.'),
    fixedFirstTime: orNull(share('Of those closed as fixed, never reopened as not fixed; null where none was fixed.')),
    invalidShare: orNull(share('Of those closed, the ones with nothing to act on; null where nothing was closed.')),
    noAccessShare: orNull(share('Of those closed, the ones whose place could not be reached; null where nothing was closed.')),
    declinedShare: orNull(share('Of those closed, the ones that the city would not do; null where nothing was closed.')),
    revised: count('Of those due and not void, the ones whose reporter was told another date.'),
    newDateKept: count('Of those, ended by the other date. Whether they were on time is judged by the promise alone.'),
    returned: count('Cases that the department gave back in the period, each time.'),
    returnsCharged: count('Of those, charged to 311.'),
    medianDays: orNull(number('From submission to final resolution, of those closed and not void; null where there are none.')),
    p90Days: orNull(number('The same, for nine out of ten.')),
  },
  ['department', 'service', 'month'],
);

interface Figures {
  readonly from: string;
  readonly to: string;
  readonly by: readonly string[];
  readonly rows: readonly FiguresRow[];
}

/** What GET figures answers, as the interface's description says it. */
export const FIGURES_ANSWER: Answer = {
  says: 'The figures; what each means stands in the glossary.',
  content: {
    'application/json': { schema: record<Figures>('Figures', { from: DAY, to: DAY, by: list(text('A dimension.')), rows: list(ROW) }) },
    'text/csv': {
      schema: text('The same rows, with a line of column names; cells that a spreadsheet would run begin with an apostrophe.'),
    },
  },
  headers: { 'Content-Disposition': text('With CSV: an attachment, and its name.') },
};
