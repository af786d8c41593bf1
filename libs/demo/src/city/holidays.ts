import type { Holiday } from '@onedoor/sla';

const MONDAY = 1;
const THURSDAY = 4;

/** The days on which Riverbend's offices are closed, year by year. A made-up city may plan far ahead. */
export function holidaysOf(firstYear: number, lastYear: number): readonly Holiday[] {
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
  return years.flatMap((year) => [
    observed(year, 1, 1, "New Year's Day"),
    { date: weekdayIn(year, 5, MONDAY, 'last'), name: 'Memorial Day' },
    observed(year, 7, 4, 'Independence Day'),
    { date: weekdayIn(year, 9, MONDAY, 1), name: 'Labor Day' },
    { date: weekdayIn(year, 11, THURSDAY, 4), name: 'Thanksgiving Day' },
    observed(year, 12, 25, 'Christmas Day'),
  ]);
}

/** On a weekend, the nearest working day is taken instead. */
function observed(year: number, month: number, day: number, name: string): Holiday {
  const date = Temporal.PlainDate.from({ year, month, day });
  const shift = date.dayOfWeek === 6 ? -1 : date.dayOfWeek === 7 ? 1 : 0;
  return { date: date.add({ days: shift }).toString(), name: shift === 0 ? name : `${name}, observed` };
}

function weekdayIn(year: number, month: number, weekday: number, which: number | 'last'): string {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const days = Array.from({ length: first.daysInMonth }, (_, index) => first.add({ days: index })).filter(
    ({ dayOfWeek }) => dayOfWeek === weekday,
  );
  return String(days.at(which === 'last' ? -1 : which - 1));
}
