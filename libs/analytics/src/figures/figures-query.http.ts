import { DAY_MS } from '@onedoor/kernel';
import { Transform } from 'class-transformer';
import { ArrayUnique, IsIn, IsOptional, registerDecorator, type ValidationArguments } from 'class-validator';
import { DIMENSIONS, type Dimension } from './figures.js';

/** How figures are answered. */
export const FORMATS = ['json', 'csv'] as const;

/** The parameters of GET figures. */
export class FiguresQueryDto {
  /** The first local day of the period. */
  @Rule((value) => dayProblem('from', value))
  from!: string;

  /** The last local day of the period. */
  @Rule((value, { from }) => dayProblem('to', value) ?? spanProblem(from, value))
  to!: string;

  /** What tells the rows apart, in this order; left out: one row for the whole city. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',').filter((each) => each !== '') : [value]))
  @IsIn(DIMENSIONS, { each: true, message: `by: must be a list of ${DIMENSIONS.join(', ')}, separated by commas` })
  @ArrayUnique({ message: 'by: must name each at most once' })
  by: readonly Dimension[] = [];

  @IsOptional()
  @IsIn(FORMATS, { message: `format: must be ${FORMATS.join(' or ')}` })
  format: (typeof FORMATS)[number] = 'json';
}

/** Valid where `problemOf` finds nothing; its words are the answer where it does. */
function Rule(problemOf: (value: unknown, all: FiguresQueryDto) => string | null): PropertyDecorator {
  const problem = (value: unknown, { object }: ValidationArguments): string | null => problemOf(value, object as FiguresQueryDto);
  return (target, propertyName) =>
    registerDecorator({
      name: 'rule',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown, given) => given !== undefined && problem(value, given) === null,
        defaultMessage: (given) => (given && problem(given.value, given)) ?? '',
      },
    });
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** Three years: enough to set one beside the ones before, few enough that an answer stays quick and small. */
const LONGEST_DAYS = 1_096;

/** What is wrong with one end of a period; null when it is a day. */
export function dayProblem(field: string, value: unknown): string | null {
  if (typeof value === 'string' && DATE.test(value) && isDay(value)) return null;
  return `${field}: must be a day that exists, given once as YYYY-MM-DD`;
}

/** What is wrong with a period as a whole; null when it can be asked for, or when one of its ends is no day at all. */
export function spanProblem(from: unknown, to: unknown): string | null {
  if (dayProblem('from', from) !== null || dayProblem('to', to) !== null) return null;
  const days = (Date.parse(to as string) - Date.parse(from as string)) / DAY_MS + 1;
  if (days < 1) return 'to: must not be before from';
  return days > LONGEST_DAYS ? `to: the period may be at most ${LONGEST_DAYS} days long` : null;
}

function isDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date) && !date.startsWith('0000');
}
