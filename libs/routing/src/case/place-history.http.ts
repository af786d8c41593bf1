import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Principal } from '@onedoor/kernel';
import {
  Allow,
  bodyOf,
  CurrentPrincipal,
  CursorQueryDto,
  Describe,
  flag,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  ordinal,
  orNull,
  readCursor,
  record,
  RequestProblem,
  writeCursor,
  type Reply,
} from '@onedoor/platform';
import { IsLatitude, IsLongitude, IsOptional, Matches } from 'class-validator';
import { CASE_MEMBERS } from './case-answers.http.js';
import { ReadPlaceHistory, type CaseAtPlace } from './place-history.service.js';

class PlaceQueryDto extends CursorQueryDto {
  @IsLatitude({ message: 'lat: must be degrees north, from -90 to 90 (WGS 84)' })
  lat!: string;

  @IsLongitude({ message: 'long: must be degrees east, from -180 to 180 (WGS 84)' })
  long!: string;

  @IsOptional()
  @Matches(/^([1-9]\d?|[1-4]\d\d|500)$/, { message: 'radius: must be a whole number of metres from 1 to 500' })
  radius?: string;
}

const { reference, service, status, department, openedAt } = CASE_MEMBERS;

const PLACE_HISTORY = json(
  'A page of cases, the newest first.',
  list(
    record<CaseAtPlace>('CaseAtPlace', {
      reference,
      service,
      status,
      department,
      isPublic: flag('Whether everyone may learn that it exists.'),
      openedAt,
      distance: orNull({
        ...ordinal('How far from the point, in whole metres; null where only the neighbourhood may be known.'),
        minimum: 0,
      }),
    }),
  ),
  { headers: { Link: LINK_TO_NEXT } },
);

const PATH = 'api/v1/places/cases';
const USUAL_RADIUS = 100;
const USUAL_ROWS = 50;

/** What was reported at a place before. */
@Controller(PATH)
export class PlaceHistoryController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Allow('department', 'router', 'auditor')
  @Describe({
    tag: 'Cases',
    summary: 'The history of a place: the cases within a radius of a point, the newest first',
    details:
      'A private case is found by its neighbourhood, by those who may read it. A page may be short, or empty, and still have a next one.',
    answer: PLACE_HISTORY,
  })
  async around(
    @Query(bodyOf(PlaceQueryDto)) query: PlaceQueryDto,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly CaseAtPlace[]> {
    const { lat, long, radius, limit, cursor } = query;
    const point = { lat: Number(lat), long: Number(long) };
    const after = cursor === undefined ? null : readCursor(cursor);
    const wanted = new ReadPlaceHistory(point, Number(radius ?? USUAL_RADIUS), principal, after, Number(limit ?? USUAL_ROWS));
    const found = await this.queries.execute(wanted);
    if (found === null) throw new RequestProblem(400, ['radius: must be smaller so close to a pole']);
    if (found.next !== null) reply.header('link', linkToNext(PATH, { ...query, cursor: writeCursor(found.next) }));
    return found.cases;
  }
}
