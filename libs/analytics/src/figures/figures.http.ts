import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow, bodyOf, Describe, type Reply } from '@onedoor/platform';
import { figuresCsv } from './figures-csv.http.js';
import { ReadFigures } from './read-figures.service.js';
import { FIGURES_ANSWER } from './figures-answer.http.js';
import { FiguresQueryDto } from './figures-query.http.js';

/** Figures for those who answer for the city's promises: sums without any person or any single case. */
@Allow('analyst', 'router', 'auditor', 'administrator')
@Controller('api/v1/figures')
export class FiguresController {
  constructor(private readonly queries: QueryBus) {}

  /** GET figures: a period by department, service and month, as JSON or CSV. */
  @Get()
  @Describe({
    tag: 'Figures',
    summary: "How the city's promises were kept in a period",
    query: {
      from: { schema: { type: 'string', format: 'date', description: "The first of the city's local days." }, required: true },
      to: { schema: { type: 'string', format: 'date', description: 'The last one, at most 1,096 days on.' }, required: true },
      by: {
        schema: {
          type: 'string',
          pattern: '^(department|service|month)(,(department|service|month)){0,2}$',
          description: 'What tells the rows apart, each once; one row for the whole city without it.',
        },
      },
    },
    answer: FIGURES_ANSWER,
  })
  async figures(@Query(bodyOf(FiguresQueryDto)) query: FiguresQueryDto, @Res() reply: Reply): Promise<void> {
    const { from, to, by, format } = query;
    const rows = await this.queries.execute(new ReadFigures({ from, to, by }));
    if (format === 'csv') {
      reply
        .header('content-disposition', `attachment; filename="figures_${from}_${to}.csv"`)
        .type('text/csv; charset=utf-8')
        .send(figuresCsv({ by }, rows));
      return;
    }
    reply.type('application/json; charset=utf-8').send(JSON.stringify({ from, to, by, rows }));
  }
}
