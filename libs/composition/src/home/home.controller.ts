import { Controller, Get, Header, Inject, Optional, Req, Res } from '@nestjs/common';
import type { Query } from '@onedoor/engine';
import { Catalog } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import { Anyone, Describe, PORTS, text, type Ports, type Reply } from '@onedoor/platform';
import { CASE_OVERVIEW, type CaseOverview } from '@onedoor/routing';
import { RIVERBEND } from '../demo/city/riverbend.js';
import { DEMO_PASSWORD } from '../demo/demo-accounts.js';
import { Drip } from '../demo/drip/drip.js';
import { findLongStory } from '../demo/history/find-long-story.js';
import { figureDays, readDepartments } from './departments.js';
import { examplesOf, type ExampleFacts } from './examples.js';
import { HOME_OPTIONS, type HomeOptions } from './home-options.js';
import { renderHome, type DemoView } from './home-page.js';
import { STYLE_SOURCE } from './style.js';

interface PageRequest {
  readonly protocol: string;
  readonly headers: { readonly host?: string };
}

const LATEST_CASES = 20;

/** The first page of the standalone product. */
@Anyone()
@Controller()
export class HomeController {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(HOME_OPTIONS) private readonly options: HomeOptions,
    private readonly catalog: Catalog,
    @Optional() private readonly drip?: Drip,
  ) {}

  @Get()
  @Describe({
    tag: 'Demonstration',
    summary: 'The first page',
    answer: { says: 'What can be reported, and the latest cases.', content: { 'text/html': { schema: text('A page.') } } },
  })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    `default-src 'none'; style-src '${STYLE_SOURCE}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  )
  async home(@Req() { protocol, headers }: PageRequest, @Res({ passthrough: true }) reply: Reply): Promise<string> {
    // The page's form is to say that it comes from here, which browsers leave out under the usual policy; other sites still learn nothing.
    if (this.drip !== undefined) reply.header('referrer-policy', 'same-origin');
    this.drip?.look();
    const { catalog } = await this.catalog.current();
    const { city, zone } = { city: catalog.city ?? 'OneDoor', zone: catalog.zone ?? 'UTC' };
    const now = this.ports.clock.now();
    const isRiverbend = this.options.isDemo && city === RIVERBEND.name;
    const services = await this.catalog.listed();
    return renderHome({
      city,
      zone,
      now,
      services,
      cases: await this.casesBy('openedAt', { isPublic: true }),
      demo: isRiverbend ? await this.demo(now, zone) : null,
      examples: examplesOf({
        baseUrl: `${protocol}://${headers.host ?? 'localhost'}`,
        apiKey: this.options.apiKey,
        service: services[0]?.code ?? 'pothole',
        days: figureDays(now, zone),
        ...(await this.storiesOf(isRiverbend)),
      }),
    });
  }

  private async demo(now: Instant, zone: string): Promise<DemoView> {
    const { drip, options, ports } = this;
    return {
      departments: await readDepartments(ports, RIVERBEND.departments, now, zone),
      drip: drip === undefined ? null : { standing: drip.standing(), seconds: drip.seconds },
      hasOutbox: options.hasOutbox,
    };
  }

  /** What the examples of staff are about. */
  private async storiesOf(isRiverbend: boolean): Promise<Pick<ExampleFacts, 'openCase' | 'history' | 'password'>> {
    if (!isRiverbend) return { openCase: null, history: null, password: null };
    const [first] = await this.casesBy('queueAt', {
      department: 'streets',
      isOpen: true,
      status: { in: ['queued', 'assigned', 'in_progress'] },
    });
    return { openCase: first?.reference ?? null, history: await findLongStory(this.ports), password: DEMO_PASSWORD };
  }

  private async casesBy(field: 'openedAt' | 'queueAt', where: NonNullable<Query['where']>): Promise<readonly CaseOverview[]> {
    const found = await this.ports.readModels.find(CASE_OVERVIEW.collection, {
      where,
      sort: { field, descending: field === 'openedAt' },
      limit: LATEST_CASES,
    });
    return found.map(({ body }) => body as unknown as CaseOverview);
  }
}
