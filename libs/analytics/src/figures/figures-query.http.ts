import { Transform } from 'class-transformer';
import { ArrayUnique, IsIn, IsOptional, registerDecorator, type ValidationArguments } from 'class-validator';
import { DIMENSIONS, type Dimension } from './figures.js';
import { dayProblem, spanProblem } from './figures-span.http.js';

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
