import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { Catalog } from '@onedoor/intake';
import { Anyone, DEMO_KEY, PORTS, type Ports } from '@onedoor/platform';
import { CASE_OVERVIEW, type CaseOverview } from '@onedoor/routing';
import { HOME_OPTIONS, type HomeOptions } from './home-options.js';
import { renderHome } from './home-page.js';
import { STYLE_SOURCE } from './style.js';

const LATEST_CASES = 20;

/** The first page of the standalone product. */
@Anyone()
@Controller()
export class HomeController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(HOME_OPTIONS) private readonly options: HomeOptions,
    private readonly catalog: Catalog,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', `default-src 'none'; style-src '${STYLE_SOURCE}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`)
  async home(@Req() request: { readonly protocol: string; readonly headers: { readonly host?: string } }): Promise<string> {
    const { catalog } = await this.catalog.current();
    const found = await this.ports.readModels.find(CASE_OVERVIEW.collection, {
      where: { isPublic: true },
      sort: { field: 'openedAt', descending: true },
      limit: LATEST_CASES,
    });
    return renderHome({
      city: catalog.city ?? 'OneDoor',
      zone: catalog.zone ?? 'UTC',
      now: this.ports.clock.now(),
      demoKey: this.options.isDemo ? DEMO_KEY : null,
      baseUrl: `${request.protocol}://${request.headers.host ?? 'localhost'}`,
      services: await this.catalog.listed(),
      cases: found.map(({ body }) => body as unknown as CaseOverview),
    });
  }
}
