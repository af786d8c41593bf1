import { readFigures } from '@onedoor/analytics';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';
import { CASE_OVERVIEW, type CaseOverview } from '@onedoor/routing';
import { localDateOf } from '@onedoor/sla';

/** How a department stands now, and how it did in the last thirty days. */
export interface DepartmentStanding {
  readonly code: string;
  readonly name: string;
  readonly open: number;
  readonly overdue: number;
  /** Due within a day, and not overdue. */
  readonly dueSoon: number;
  readonly waiting: number;
  readonly opened: number;
  readonly closed: number;
  /** Of the promises of those days, from 0 to 1; null where none was due. */
  readonly onTime: number | null;
}

const DAY_MS = 86_400_000;
const FIGURE_DAYS = 30;
/** The most open cases of one department that are counted; the page then says `500 or more`. */
export const MOST_COUNTED = 500;

/** The first and the last local day of the figures. */
export function figureDays(now: Instant, zone: string): { readonly from: string; readonly to: string } {
  const to = localDateOf(now, zone);
  return {
    from: Temporal.PlainDate.from(to)
      .subtract({ days: FIGURE_DAYS - 1 })
      .toString(),
    to,
  };
}

export async function readDepartments(
  { readModels }: Pick<Ports, 'readModels'>,
  departments: readonly { readonly code: string; readonly name: string }[],
  now: Instant,
  zone: string,
): Promise<readonly DepartmentStanding[]> {
  const figures = await readFigures(readModels, { ...figureDays(now, zone), by: ['department'] });
  return Promise.all(
    departments.map(async ({ code, name }) => {
      const found = await readModels.find(CASE_OVERVIEW.collection, {
        where: { department: code, isOpen: true },
        sort: { field: 'queueAt' },
        limit: MOST_COUNTED,
      });
      const { opened = 0, closed = 0, onTime = null } = figures.find(({ department }) => department === code) ?? {};
      return {
        code,
        name,
        ...countedAt(
          now,
          found.map(({ body }) => body as unknown as CaseOverview),
        ),
        opened,
        closed,
        onTime,
      };
    }),
  );
}

function countedAt(now: Instant, cases: readonly CaseOverview[]): Pick<DepartmentStanding, 'open' | 'overdue' | 'dueSoon' | 'waiting'> {
  const tomorrow = instantOf(msOf(now) + DAY_MS);
  const running = cases.filter(({ isPaused }) => !isPaused);
  return {
    open: cases.length,
    overdue: running.filter(({ queueAt }) => queueAt < now).length,
    dueSoon: running.filter(({ queueAt }) => queueAt >= now && queueAt <= tomorrow).length,
    waiting: cases.filter(({ status }) => status === 'waiting').length,
  };
}
