import { Controller, Get, Headers, Inject, Ip, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { parseReference } from '@onedoor/kernel';
import { Anyone, ClientLimits, languageOf, PORTS, RequestProblem, type Ports, type Reply } from '@onedoor/platform';
import { Catalog } from '../catalog/catalog.service.js';
import type { RequestStatus } from '../request/request-status.js';
import { ListRequests, ReadRequests, ReadShownRequests } from '../request/read-requests.service.js';
import { answer, formatOf } from './answer.http.js';
import { costOfRows } from './cost.js';
import { DescribeOpen311 } from './describe-open311.http.js';
import { askedList, idsOf, LIST_PARAMETERS, pageOfList } from './list-query.http.js';
import { checkJurisdiction, parametersOf, type Parameters } from './parameters.http.js';
import type { Format, Row } from './render.js';
import { requestRows } from './request-rows.service.js';

type Given = Readonly<Record<string, unknown>>;

/**
 * What Open311 GeoReport v2 reads. Open to everyone, within the budget of each client. Every path ends in `.json` or `.xml`; errors have
 * Open311's own form.
 */
@Anyone()
@Controller('open311/v2')
@DescribeOpen311.INTERFACE
export class Open311Controller {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly catalog: Catalog,
    private readonly queries: QueryBus,
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

  /** GET requests: by ids, or by service, status and date. */
  @Get('requests.:format')
  @DescribeOpen311.LIST
  async list(
    @Param('format') suffix: string,
    @Query() query: Given,
    @Headers('accept-language') languages: string | undefined,
    @Ip() client: string,
    @Res() reply: Reply,
  ): Promise<void> {
    const format = formatOf(suffix);
    const parameters = this.parametersIn(query, LIST_PARAMETERS);
    const ids = idsOf(parameters);
    if (ids !== null) {
      this.limits.read(client, costOfRows(ids.length, format));
      return this.answerRequests(reply, format, await this.byIds(ids), languages);
    }
    const asked = askedList(parameters, this.ports.clock.now(), await this.catalog.zone());
    this.limits.read(client, costOfRows(asked.rows, format, asked.query.skip));
    const found = await this.queries.execute(new ListRequests(asked.query));
    const { shown, next } = pageOfList(asked, found, `open311/v2/requests.${format}`, parameters);
    if (next !== null) reply.header('link', next).header('access-control-expose-headers', 'Link');
    return this.answerRequests(reply, format, shown, languages);
  }

  /** GET requests/{id}. What is not public is answered as what does not exist. */
  @Get('requests/:id.:format')
  @DescribeOpen311.ONE
  async one(
    @Param('id') id: string,
    @Param('format') suffix: string,
    @Query() query: Given,
    @Headers('accept-language') languages: string | undefined,
    @Ip() client: string,
    @Res() reply: Reply,
  ): Promise<void> {
    const format = formatOf(suffix);
    this.parametersIn(query);
    this.limits.read(client, costOfRows(1, format));
    const found = await this.byIds([id]);
    if (found.length === 0) throw new RequestProblem(404, ['service_request_id: there is no such request']);
    return this.answerRequests(reply, format, found, languages);
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

  private async answerRequests(
    reply: Reply,
    format: Format,
    found: readonly RequestStatus[],
    languages: string | undefined,
  ): Promise<void> {
    const language = languageOf(languages);
    const services = await this.catalog.definitions(found.map(({ service }) => service));
    reply.header('content-language', language).header('vary', 'Accept-Language');
    answer(reply, format, 'service_requests', 'request', await requestRows(found, services, language, this.ports));
  }
}
