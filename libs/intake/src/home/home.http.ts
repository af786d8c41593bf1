import { Controller, Get, Header, Inject, Ip, Optional, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Anyone, ClientLimits, Describe, PORTS, text, type Ports, type Reply } from '@onedoor/platform';
import { pagePolicy } from '@onedoor/ui';
import { Catalog, listedIn } from '../catalog/catalog.service.js';
import { ListRequests } from '../request/read-requests.service.js';
import { HOME_SECTIONS, renderHome, type HomeSection, type HomeView, type HomeVisit } from './home.page.js';

interface PageRequest {
  readonly protocol: string;
  readonly headers: { readonly host?: string };
}

/** In the units of a client's budget: a page is put together of several parts. */
const COST = 10;

const LATEST = { where: { isListed: true }, sort: { field: 'submittedAt', descending: true }, limit: 20 } as const;

/** The first page of the city, from what intake keeps; what other contexts decided came to it by their public events. */
@Anyone()
@Controller()
export class HomeController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly catalog: Catalog,
    private readonly queries: QueryBus,
    private readonly limits: ClientLimits,
    @Optional() @Inject(HOME_SECTIONS) private readonly sections: readonly HomeSection[] = [],
  ) {}

  @Get()
  @Describe({
    tag: 'First page',
    summary: 'The first page',
    answer: { says: 'What can be reported, and the latest requests.', content: { 'text/html': { schema: text('A page.') } } },
    refuses: { 429: ['TOO_MANY_REQUESTS'] },
  })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', pagePolicy({ forms: true }))
  async home(@Req() request: PageRequest, @Ip() client: string, @Res({ passthrough: true }) reply: Reply): Promise<string> {
    this.limits.read(client, COST);
    const visit = await this.visitBy(request);
    const [requests, added] = await Promise.all([this.queries.execute(new ListRequests(LATEST)), this.added(visit)]);
    // Under the usual policy a browser leaves out where a form comes from; under this one only other sites learn nothing of it.
    if (added.some(({ section }) => section.sendsForms)) reply.header('referrer-policy', 'same-origin');
    return renderHome({ visit, requests, added });
  }

  private async visitBy({ protocol, headers }: PageRequest): Promise<HomeVisit> {
    const { catalog } = await this.catalog.current();
    return {
      city: catalog.city ?? 'OneDoor',
      zone: catalog.zone ?? 'UTC',
      now: this.ports.clock.now(),
      services: listedIn(catalog),
      baseUrl: `${protocol}://${headers.host ?? 'localhost'}`,
    };
  }

  private async added(visit: HomeVisit): Promise<HomeView['added']> {
    const rendered = await Promise.all(this.sections.map(async (section) => ({ section, content: await section.render(visit) })));
    return rendered.flatMap(({ section, content }) => (content === null ? [] : [{ section, content }]));
  }
}
