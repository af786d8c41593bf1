import { Controller, Get, Headers, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { parseInstant, parseReference, type Instant, type Reference } from '@onedoor/kernel';
import { actorOf, Allow, CurrentPrincipal, Describe, readTraceparent, REFERENCE, RequestProblem, type Principal } from '@onedoor/platform';
import { ListReadings, type ReadingsOfMonth } from '../reading/list-readings.service.js';
import { ReadingRecorder } from '../reading/record-reading.service.js';
import { HISTORY, READINGS } from './history-answers.http.js';
import { ReadHistory } from './read-history.service.js';
import type { Replay } from './replay.service.js';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A request's history over all contexts, for auditors. Reading it is itself recorded, before it is answered. */
@Allow('auditor')
@Controller('api/v1/audit/requests')
@Describe({ tag: 'Audit', path: { reference: REFERENCE }, refuses: { 404: [] } })
export class AuditController {
  constructor(
    private readonly queries: QueryBus,
    private readonly recorder: ReadingRecorder,
  ) {}

  /** Everything that was known of a request, or, with `asOf` (RFC 3339), what was known at that instant. */
  @Get(':reference')
  @Describe({
    summary: "A request's history over all contexts; reading it is itself recorded",
    query: {
      asOf: {
        schema: {
          type: 'string',
          format: 'date-time',
          description: 'An instant with a zone (RFC 3339): only what had been recorded by then.',
        },
      },
    },
    headers: { traceparent: { schema: { type: 'string', description: 'W3C trace context, kept with the reading.' } } },
    answer: HISTORY,
  })
  async history(
    @Param('reference') given: string,
    @Query('asOf') asOf: unknown,
    @Headers('traceparent') traceparent: string | undefined,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Replay> {
    const reference = referenceOf(given);
    const instant = asOf === undefined ? null : instantOf(asOf);
    const story = await this.queries.execute(new ReadHistory(reference, instant));
    if (story === null) throw unknown();
    const trace = traceparent !== undefined && readTraceparent(traceparent) !== null ? traceparent : null;
    await this.recorder.record(reference, instant, actorOf(principal), trace);
    return story;
  }

  /** Who read this history, or was shown what of it is sealed, in a month: this one where none is named. */
  @Get(':reference/readings')
  @Describe({
    summary: 'Who read this history, and who was shown what is sealed',
    query: {
      month: { schema: { type: 'string', pattern: MONTH.source, description: 'In UTC; this month where none is named.' } },
    },
    answer: READINGS,
  })
  async readers(@Param('reference') given: string, @Query('month') month: unknown): Promise<ReadingsOfMonth> {
    const reference = referenceOf(given);
    return this.queries.execute(new ListReadings(reference, month === undefined ? null : monthOf(month)));
  }
}

function referenceOf(given: string): Reference {
  const reference = parseReference(given);
  if (reference === null) throw unknown();
  return reference;
}

function instantOf(asOf: unknown): Instant {
  const instant = typeof asOf === 'string' ? parseInstant(asOf) : null;
  if (instant === null)
    throw new RequestProblem(400, [
      'asOf: must be one instant with a zone, such as 2011-07-05T09:00:00-04:00 (RFC 3339; in a query, + is written %2B)',
    ]);
  return instant;
}

function monthOf(month: unknown): string {
  if (typeof month !== 'string' || !MONTH.test(month)) throw new RequestProblem(400, ['month: must be YYYY-MM']);
  return month;
}

const unknown = (): RequestProblem => new RequestProblem(404, ['reference: there is no such request']);
