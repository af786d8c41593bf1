import { Body, Controller, Get, Headers, HttpCode, Inject, Ip, Param, Post, Query, Res, ValidationPipe } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { parseReference, type Rejection } from '@onedoor/kernel';
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
import { Catalog } from '../catalog/catalog.service.js';
import type { RequestStatus } from '../request/request-status.js';
import { ListRequests, ReadRequests, ReadShownRequests } from '../request/read-requests.service.js';
import { SubmissionDesk } from '../request/submission-desk.service.js';
import { ApiKeys } from './api-keys.service.js';
import { costOfRows } from './cost.js';
import { DescribeOpen311 } from './describe-open311.http.js';
import { askedList, idsOf, LIST_PARAMETERS, pageOfList } from './list-query.http.js';
import { checkJurisdiction, parametersOf, shownName, type Parameters } from './parameters.http.js';
import { keyIn, postedIn } from './post-fields.http.js';
import { PostRequestDto } from './post-request.http.js';
import { renderList, type Format, type Row } from './render.js';
import { reportOf } from './report-of.http.js';
import { requestRows } from './request-rows.service.js';

type Given = Readonly<Record<string, unknown>>;

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
    private readonly limits: ClientLimits,
  ) {}

  /** GET services. */
  @Get('services.:format')
  @DescribeOpen311.SERVICES
  async services(@Param('format') suffix: string, @Query() query: Given, @Ip() client: string, @Res() reply: Reply): Promise<void> {
    const format = formatOf(suffix);
    this.parametersIn(query);
    const services = await this.catalog.listed();
    this.limits.read(client, costOfRows(services.length, format));
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
    @Query() query: Given,
    @Body() sent: unknown,
    @Res() reply: Reply,
  ): Promise<void> {
    const format = formatOf(suffix);
    // Before the body is validated: a caller without a key costs no more than reading it.
    const holder = this.apiKeys.holderOf(keyIn(sent, headers));
    if (holder === null) throw new RequestProblem(403, ['api_key: is missing or not known here']);
    this.limits.post(holder.id);
    this.parametersIn(query);
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

  /** GET requests: by ids, or by service, status and date. */
  @Get('requests.:format')
  @DescribeOpen311.LIST
  async list(@Param('format') suffix: string, @Query() query: Given, @Ip() client: string, @Res() reply: Reply): Promise<void> {
    const format = formatOf(suffix);
    const parameters = this.parametersIn(query, LIST_PARAMETERS);
    const ids = idsOf(parameters);
    if (ids !== null) {
      this.limits.read(client, costOfRows(ids.length, format));
      return this.answerRequests(reply, format, await this.byIds(ids));
    }
    const { catalog } = await this.catalog.current();
    const asked = askedList(parameters, this.ports.clock.now(), catalog.zone ?? 'UTC');
    this.limits.read(client, costOfRows(asked.rows, format, asked.query.skip));
    const found = await this.queries.execute(new ListRequests(asked.query));
    const { shown, next } = pageOfList(asked, found, `open311/v2/requests.${format}`, parameters);
    if (next !== null) reply.header('link', next).header('access-control-expose-headers', 'Link');
    return this.answerRequests(reply, format, shown);
  }

  /** GET requests/{id}. What is not public is answered as what does not exist. */
  @Get('requests/:id.:format')
  @DescribeOpen311.ONE
  async one(
    @Param('id') id: string,
    @Param('format') suffix: string,
    @Query() query: Given,
    @Ip() client: string,
    @Res() reply: Reply,
  ): Promise<void> {
    const format = formatOf(suffix);
    this.parametersIn(query);
    this.limits.read(client, costOfRows(1, format));
    const found = await this.byIds([id]);
    if (found.length === 0) throw new RequestProblem(404, ['service_request_id: there is no such request']);
    return this.answerRequests(reply, format, found);
  }

  /** One from its stream, so that its reporter finds it at once; several from their documents, without a read of the log. */
  private async byIds(ids: readonly string[]): Promise<readonly RequestStatus[]> {
    const references = [...new Set(ids.flatMap((id) => parseReference(id) ?? []))];
    const found = await this.queries.execute(references.length > 1 ? new ReadShownRequests(references) : new ReadRequests(references));
    return found.filter(({ isListed }) => isListed);
  }

  private parametersIn(query: Given, known: readonly string[] = []): Parameters {
    const parameters = parametersOf(query, known);
    checkJurisdiction(parameters['jurisdiction_id'], this.ports.jurisdiction);
    return parameters;
  }

  private async answerRequests(reply: Reply, format: Format, found: readonly RequestStatus[]): Promise<void> {
    answer(reply, format, 'service_requests', 'request', await requestRows(found, this.ports));
  }
}

function answer(reply: Reply, format: Format, root: string, item: string, rows: readonly Row[]): void {
  const { contentType, body } = renderList(format, root, item, rows);
  reply.header('access-control-allow-origin', '*').type(contentType).send(body);
}

/** Files are not kept yet. The report is, and its reporter learns what became of the picture. */
const noticeOf = (files: readonly string[]): string | null =>
  files.length === 0 ? null : `Files are not taken in yet (${files.map(shownName).join(', ')}): send the address of a picture as media_url`;

function formatOf(suffix: string): Format {
  if (suffix === 'json' || suffix === 'xml') return suffix;
  throw new RequestProblem(404, ['The path must end in .json or .xml']);
}

function problemOfRejection({ code, detail }: Rejection): RequestProblem {
  const statuses: Readonly<Record<string, number>> = { SERVICE_UNKNOWN: 404, IDEMPOTENCY_KEY_REUSED: 422, NO_REFERENCE_FREE: 503 };
  return new RequestProblem(statuses[code] ?? 400, [detail]);
}

/** W3C trace context, passed on only when it is well formed. */
const traceOf = (header: string | undefined): { readonly traceparent?: string } =>
  header !== undefined && readTraceparent(header) !== null ? { traceparent: header } : {};
