import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { Allow, bodyOf, PORTS, type Ports, type Reply } from '@onedoor/platform';
import { figuresCsv } from '../figures-csv.js';
import { readFigures } from '../read-figures.js';
import { FiguresQueryDto } from './figures-query.dto.js';

/** Figures for those who answer for the city's promises: sums without any person or any single case. */
@Allow('analyst', 'router', 'auditor', 'administrator')
@Controller('api/v1/figures')
export class FiguresController {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  /** GET figures: a period by department, service and month, as JSON or CSV. */
  @Get()
  async figures(@Query(bodyOf(FiguresQueryDto)) query: FiguresQueryDto, @Res() reply: Reply): Promise<void> {
    const { from, to, by, format } = query;
    const rows = await readFigures(this.ports.readModels, { from, to, by });
    if (format === 'csv') {
      reply.header('content-disposition', `attachment; filename="figures_${from}_${to}.csv"`).type('text/csv; charset=utf-8').send(figuresCsv({ by }, rows));
      return;
    }
    reply.type('application/json; charset=utf-8').send(JSON.stringify({ from, to, by, rows }));
  }
}
