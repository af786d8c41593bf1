import { Body, Controller, Headers, HttpCode, Inject, Param, Post, Query, Res, ValidationPipe } from '@nestjs/common';
import type { Rejection } from '@onedoor/kernel';
import {
  Anyone,
  ClientLimits,
  IDEMPOTENCY_KEY,
  languageOf,
  PORTS,
  readTraceparent,
  RequestProblem,
  type Ports,
  type Reply,
} from '@onedoor/platform';
import { SubmissionDesk } from '../request/submission-desk.service.js';
import { answer, formatOf } from './answer.http.js';
import { ApiKeys } from './api-keys.service.js';
import { DescribeOpen311 } from './describe-open311.http.js';
import { checkJurisdiction, parametersOf, shownName } from './parameters.http.js';
import { keyIn, postedIn } from './post-fields.http.js';
import { PostRequestDto } from './post-request.http.js';
import type { Row } from './render.js';
import { reportOf } from './report-of.http.js';

const bodyIsValid = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: true,
  exceptionFactory: (errors) =>
    new RequestProblem(
      400,
      errors.flatMap(({ property, constraints = {} }) =>
        'whitelistValidation' in constraints ? [`${shownName(property)}: there is no such field`] : Object.values(constraints),
      ),
    ),
});

/** Open311's POST: asks for an api key of its own. Its path ends in `.json` or `.xml`; errors have Open311's own form. */
@Anyone()
@Controller('open311/v2')
@DescribeOpen311.INTERFACE
export class ReportController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly desk: SubmissionDesk,
    private readonly apiKeys: ApiKeys,
    private readonly limits: ClientLimits,
  ) {}

  /** POST requests: answers once the request is kept for good. */
  @Post('requests.:format')
  @DescribeOpen311.POST
  @HttpCode(200)
  async post(
    @Param('format') suffix: string,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Query() query: Readonly<Record<string, unknown>>,
    @Body() sent: unknown,
    @Res() reply: Reply,
  ): Promise<void> {
    const format = formatOf(suffix);
    // Before the body is validated: a caller without a key costs no more than reading it.
    const holder = this.apiKeys.holderOf(keyIn(sent, headers));
    if (holder === null) throw new RequestProblem(403, ['api_key: is missing or not known here']);
    this.limits.post(holder.id);
    checkJurisdiction(parametersOf(query)['jurisdiction_id'], this.ports.jurisdiction);
    const { fields, attributes, files } = postedIn(sent, holder.charset);
    const body = (await bodyIsValid.transform(fields, { type: 'body', metatype: PostRequestDto })) as PostRequestDto;
    checkJurisdiction(body.jurisdiction_id, this.ports.jurisdiction);
    const idempotencyKey = headers['idempotency-key'] ?? null;
    if (idempotencyKey !== null && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
      throw new RequestProblem(400, ['Idempotency-Key: must be 1 to 255 visible ASCII characters']);
    }
    const now = this.ports.clock.now();
    const submitted = await this.desk.submit(reportOf(body, attributes, languageOf(headers['accept-language'])), {
      actor: { role: 'integrator', id: holder.id },
      caller: `open311:${holder.id}`,
      idempotencyKey,
      ...traceOf(headers['traceparent']),
      at: now,
      recordedAt: now,
    });
    if (submitted.outcome === 'rejected') throw problemOfRejection(submitted);
    const row: Row = { service_request_id: submitted.reference, service_notice: noticeOf(files), account_id: null };
    answer(reply, format, 'service_requests', 'request', [row]);
  }
}

/** Files are not kept yet. The report is, and its reporter learns what became of the picture. */
const noticeOf = (files: readonly string[]): string | null =>
  files.length === 0 ? null : `Files are not taken in yet (${files.map(shownName).join(', ')}): send the address of a picture as media_url`;

function problemOfRejection({ code, detail }: Rejection): RequestProblem {
  const statuses: Readonly<Record<string, number>> = { SERVICE_UNKNOWN: 404, IDEMPOTENCY_KEY_REUSED: 422, NO_REFERENCE_FREE: 503 };
  return new RequestProblem(statuses[code] ?? 400, [detail]);
}

/** W3C trace context, passed on only when it is well formed. */
const traceOf = (header: string | undefined): { readonly traceparent?: string } =>
  header !== undefined && readTraceparent(header) !== null ? { traceparent: header } : {};
