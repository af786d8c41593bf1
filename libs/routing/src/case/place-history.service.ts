import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { cellsAround, metersBetween, type Point, type Principal } from '@onedoor/kernel';
import { PORTS, type PageEnd, type Ports } from '@onedoor/platform';
import { CASE_OVERVIEW, type CaseOverview } from './case-overview.js';
import { mayActOn, mayRead } from './may-act-on.js';

/** The cases around a point, the newest first. */
export class ReadPlaceHistory extends Query<PlaceHistory | null> {
  constructor(
    readonly point: Point,
    readonly radiusMeters: number,
    readonly principal: Principal,
    /** The end of the page before. */
    readonly after: PageEnd | null,
    readonly limit: number,
  ) {
    super();
  }
}

export interface PlaceHistory {
  readonly cases: readonly CaseAtPlace[];
  /** Null at the end. */
  readonly next: PageEnd | null;
}

export interface CaseAtPlace extends Pick<CaseOverview, 'reference' | 'service' | 'status' | 'department' | 'isPublic' | 'openedAt'> {
  /** How far from the point, in whole metres; null where only the neighbourhood may be known. */
  readonly distance: number | null;
}

/** Enough for a radius of 500 m up to 75 degrees north. */
const MOST_CELLS = 500;
const PAGE = 200;
/** So many pages are looked through for one answer: where few cases of many neighbours are close enough, the next page goes on. */
const MOST_PAGES = 5;

/**
 * Finds cases by the index of their neighbourhoods, and measures how far each is. A case that is not public is found by its neighbourhood
 * alone, and only by those who work on it and by auditors: its exact place is sealed. Null where the radius has too many neighbourhoods,
 * near the poles.
 */
@QueryHandler(ReadPlaceHistory)
export class PlaceHistoryHandler implements IQueryHandler<ReadPlaceHistory> {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>) {}

  async execute({ point, radiusMeters, principal, after, limit }: ReadPlaceHistory): Promise<PlaceHistory | null> {
    const cells = cellsAround(point, radiusMeters, MOST_CELLS);
    if (cells === null) return null;
    const cases: CaseAtPlace[] = [];
    let cursor = after;
    for (let page = 0; page < MOST_PAGES; page++) {
      const found = await this.ports.readModels.find(CASE_OVERVIEW.collection, {
        where: { cell: { in: cells } },
        sort: { field: 'openedAt', descending: true },
        ...(cursor && { after: { value: cursor.at, id: cursor.id } }),
        limit: PAGE,
      });
      for (const { body } of found) {
        const document = body as unknown as CaseOverview;
        const seen = caseAt(document, point, radiusMeters, principal);
        if (seen !== null && cases.length === limit) return { cases, next: cursor };
        if (seen !== null) cases.push(seen);
        cursor = { at: document.openedAt, id: document.reference };
      }
      if (found.length < PAGE) return { cases, next: null };
    }
    return { cases, next: cursor };
  }
}

/** Null where it is too far, or where the principal may not know of it. */
function caseAt(document: CaseOverview, point: Point, radiusMeters: number, principal: Principal): CaseAtPlace | null {
  const { reference, service, status, department, isPublic, openedAt, reported } = document;
  const about = { reference, service, status, department, isPublic, openedAt };
  if (!isPublic) return mayRead(principal, document) || mayActOn(principal, document) ? { ...about, distance: null } : null;
  const { lat = null, long = null } = reported?.details?.location ?? {};
  if (lat === null || long === null) return null;
  const distance = Math.round(metersBetween(point, { lat, long }));
  return distance <= radiusMeters ? { ...about, distance } : null;
}
