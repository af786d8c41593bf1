import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res, ValidationPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { parseReference, type Rejection } from '@onedoor/kernel';
import {
  Anyone,
  bearerOf,
  IDEMPOTENCY_KEY,
  languageOf,
  PORTS,
  readTraceparent,
  RequestProblem,
  type Ports,
  type Reply,
} from '@onedoor/platform';
import { Catalog } from '../catalog/catalog.service.js';
import type { RequestStatus } from '../request/request-status.js';
import { ListRequests, ReadRequests } from '../request/read-requests.service.js';
import { SubmissionDesk } from '../request/submission-desk.service.js';
import { ApiKeys } from './api-keys.service.js';
import { DescribeOpen311 } from './describe-open311.http.js';
import { FlatBodyPipe } from './flat-body.http.js';
import { idsOf, listQuery, type ListParameters } from './list-query.http.js';
import { PostRequestDto } from './post-request.http.js';
import { renderList, type Format, type Row } from './render.js';
import { reportOf } from './report-of.http.js';
import { requestRow } from './request-row.service.js';

const bodyIsValid = new ValidationPipe({
  transform: true,
  whitelist: true,
  stopAtFirstError: true,
  exceptionFactory: (errors) =>
    new RequestProblem(
      400,
      errors.flatMap(({ constraints }) => Object.values(constraints ?? {})),
    ),
});

/**
 * Open311 GeoReport v2. Open to everyone, for reading needs no key and posting asks for an api key of its own. Every path ends
 * in `.json` or `.xml`; errors have Open311's own form.
 */
@Anyone()
@Controller('open311/v2')
@DescribeOpen311.INTERFACE
export class Open311Controller {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly catalog: Catalog,
    private readonly desk: SubmissionDesk,
    private readonly queries: QueryBus,
    private readonly apiKeys: ApiKeys,
  ) {}

  /** GET services. */
  @Get('services.:format')
  @DescribeOpen311.SERVICES
  async services(@Param('format') suffix: string, @Res() reply: Reply): Promise<void> {
    const format = formatOf(suffix);
    const services = await this.catalog.listed();
    const rows = services.map(({ code, name, description, keywords, group }): Row => ({
      service_code: code,
      service_name: name,
      description,
      metadata: false,
      type: 'realtime',
      keywords: keywords.join(','),
      group,
    }));
    answer(reply, format, 'services', 'service', rows);
  }

  /** POST requests: answers once the request is kept for good. */
  @Post('requests.:format')
  @DescribeOpen311.POST
  @HttpCode(200)
  async post(
    @Param('format') suffix: string,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Body(FlatBodyPipe) fields: Readonly<Record<string, unknown>>,
    @Res() reply: Reply,
  ): Promise<void> {
    const format = formatOf(suffix);
    // Before the body is validated: a caller without a key costs no more than reading it.
    const holder = this.apiKeys.holderOf(givenKey(fields['api_key'], headers));
    if (holder === null) throw new RequestProblem(403, ['api_key: is missing or not known here']);
    const body = (await bodyIsValid.transform(fields, { type: 'body', metatype: PostRequestDto })) as PostRequestDto;
    const answers = Object.keys(fields).filter((name) => name.startsWith('attribute['));
    if (answers.length > 0)
      throw new RequestProblem(
        400,
        answers.map((name) => `${name.slice(0, 100)}: the service asks no such question`),
      );
    const idempotencyKey = headers['idempotency-key'] ?? null;
    if (idempotencyKey !== null && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
      throw new RequestProblem(400, ['Idempotency-Key: must be 1 to 255 visible ASCII characters']);
    }
    const now = this.ports.clock.now();
    const submitted = await this.desk.submit(reportOf(body, languageOf(headers['accept-language'])), {
      actor: { role: 'integrator', id: holder.id },
      caller: `open311:${holder.id}`,
      idempotencyKey,
      ...traceOf(headers['traceparent']),
      at: now,
      recordedAt: now,
    });
    if (submitted.outcome === 'rejected') throw problemOfRejection(submitted);
    const row: Row = { service_request_id: submitted.reference, service_notice: null, account_id: null };
    answer(reply, format, 'service_requests', 'request', [row]);
  }

  /** GET requests: by ids, or by service, status and date. */
  @Get('requests.:format')
  @DescribeOpen311.LIST
  async list(@Param('format') suffix: string, @Query() query: Readonly<Record<string, unknown>>, @Res() reply: Reply): Promise<void> {
    const format = formatOf(suffix);
    const parameters = onceEach(query);
    const ids = idsOf(parameters);
    const found =
      ids === null ? await this.queries.execute(new ListRequests(listQuery(parameters, this.ports.clock.now()))) : await this.byIds(ids);
    await this.answerRequests(reply, format, found);
  }

  /** GET requests/{id}. What is not public is answered as what does not exist. */
  @Get('requests/:id.:format')
  @DescribeOpen311.ONE
  async one(@Param('id') id: string, @Param('format') suffix: string, @Res() reply: Reply): Promise<void> {
    const format = formatOf(suffix);
    const found = await this.byIds([id]);
    if (found.length === 0) throw new RequestProblem(404, ['service_request_id: there is no such request']);
    await this.answerRequests(reply, format, found);
  }

  private async byIds(ids: readonly string[]): Promise<readonly RequestStatus[]> {
    const references = new Set(ids.flatMap((id) => parseReference(id) ?? []));
    const found = await this.queries.execute(new ReadRequests([...references]));
    return found.filter(({ isListed }) => isListed);
  }

  private async answerRequests(reply: Reply, format: Format, found: readonly RequestStatus[]): Promise<void> {
    const rows = await Promise.all(found.map((request) => requestRow(request, this.ports.vault)));
    answer(reply, format, 'service_requests', 'request', rows);
  }
}

function answer(reply: Reply, format: Format, root: string, item: string, rows: readonly Row[]): void {
  const { contentType, body } = renderList(format, root, item, rows);
  reply.header('access-control-allow-origin', '*').type(contentType).send(body);
}

/** The key of the body, else that of `Authorization`. */
const givenKey = (field: unknown, headers: Readonly<Record<string, string | undefined>>): string | undefined =>
  typeof field === 'string' && field.trim() !== '' ? field : (bearerOf(headers) ?? undefined);

function formatOf(suffix: string): Format {
  if (suffix === 'json' || suffix === 'xml') return suffix;
  throw new RequestProblem(404, ['The path must end in .json or .xml']);
}

function problemOfRejection({ code, detail }: Rejection): RequestProblem {
  const statuses: Readonly<Record<string, number>> = { SERVICE_UNKNOWN: 404, IDEMPOTENCY_KEY_REUSED: 422, NO_REFERENCE_FREE: 503 };
  return new RequestProblem(statuses[code] ?? 400, [detail]);
}

function onceEach(query: Readonly<Record<string, unknown>>): ListParameters {
  const repeated = Object.keys(query).filter((name) => typeof query[name] !== 'string');
  if (repeated.length > 0)
    throw new RequestProblem(
      400,
      repeated.map((name) => `${name.slice(0, 100)}: must be given once; lists are separated by commas`),
    );
  return query as ListParameters;
}

/** W3C trace context, passed on only when it is well formed. */
const traceOf = (header: string | undefined): { readonly traceparent?: string } =>
  header !== undefined && readTraceparent(header) !== null ? { traceparent: header } : {};
