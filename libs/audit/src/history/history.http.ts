import { Controller, Get, Headers, Inject, Param, Query } from '@nestjs/common';
import { parseInstant, parseReference, type Instant, type Reference } from '@onedoor/kernel';
import {
  actorOf,
  Allow,
  CurrentPrincipal,
  Describe,
  PORTS,
  readTraceparent,
  REFERENCE,
  RequestProblem,
  type Ports,
  type Principal,
} from '@onedoor/platform';
import { Readings, type Reading } from '../reading/readings.service.js';
import { HISTORY, READINGS } from './history-answers.http.js';
import { replay, type AuditedStream, type Replay } from './replay.service.js';

/** Injection token of the streams that histories are made of, each described by its context. */
export const AUDITED_STREAMS_OPTION = Symbol('audit.streams');

/** A request's history over all contexts, for auditors. Reading it is itself recorded, before it is answered. */
@Allow('auditor')
@Controller('api/v1/audit/requests')
@Describe({ tag: 'Audit', path: { reference: REFERENCE }, refuses: { 404: [] } })
export class AuditController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(AUDITED_STREAMS_OPTION) private readonly streams: readonly AuditedStream[],
    private readonly readings: Readings,
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
    const story = await replay(this.ports, this.streams, reference, instant);
    if (story === null) throw unknown();
    const trace = traceparent !== undefined && readTraceparent(traceparent) !== null ? traceparent : null;
    await this.readings.record(reference, instant, actorOf(principal), trace);
    return story;
  }

  /** Who read this history in a month, this one where none is named. */
  @Get(':reference/readings')
  @Describe({
    summary: 'Who read this history',
    query: {
      month: { schema: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', description: 'In UTC; this month where none is named.' } },
    },
    answer: READINGS,
  })
  async readers(
    @Param('reference') given: string,
    @Query('month') month: unknown = this.ports.clock.now().slice(0, 7),
  ): Promise<{ readonly month: string; readonly readings: readonly Reading[] }> {
    const reference = referenceOf(given);
    if (typeof month !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new RequestProblem(400, ['month: must be YYYY-MM']);
    return { month, readings: await this.readings.ofMonth(reference, month) };
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

const unknown = (): RequestProblem => new RequestProblem(404, ['reference: there is no such request']);
