import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ReadModels } from '@onedoor/engine';
import { PORTS, type Ports } from '@onedoor/platform';
import { figuresOf, type FiguresQuery, type FiguresRow } from './figures.js';
import type { Leaf } from './leaf.js';
import { before, covering, type PeriodRange } from './period.js';
import { findAll } from './find-all.service.js';
import { LEAVES } from './collections.js';
import { NO_TOTALS } from './totals.js';

/** Asks for the figures of a period. */
export class ReadFigures extends Query<readonly FiguresRow[]> {
  constructor(readonly wanted: FiguresQuery) {
    super();
  }
}

@QueryHandler(ReadFigures)
export class ReadFiguresHandler implements IQueryHandler<ReadFigures> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  execute({ wanted }: ReadFigures): Promise<readonly FiguresRow[]> {
    return readFigures(this.ports.readModels, wanted);
  }
}

/**
 * The figures of a period, from as few leaves as cover it: its whole months, the days beside them, and for the backlog the years before.
 */
export async function readFigures(readModels: ReadModels, query: FiguresQuery): Promise<readonly FiguresRow[]> {
  const inPeriod = await leavesOf(readModels, covering(query.from, query.to));
  return figuresOf(query, inPeriod, await leavesOf(readModels, before(query.from)));
}

async function leavesOf(readModels: ReadModels, ranges: readonly PeriodRange[]): Promise<readonly Leaf[]> {
  const leaves: Leaf[] = [];
  for (const { level, from, to } of ranges) {
    const found = await findAll(readModels, LEAVES, { level, period: { from, to } }, 'period');
    // A leaf of an earlier build, served until its own are built, lacks the counts that came since: there was nothing to count.
    leaves.push(...found.map(({ body }) => ({ ...NO_TOTALS, ...(body as unknown as Leaf) })));
  }
  return leaves;
}
