import { formatReference, type Instant } from '@onedoor/kernel';
import type { ServiceDefinition } from '@onedoor/intake';
import type { CaseOverview } from '@onedoor/routing';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactElement } from 'react';
import { STYLE } from './style.js';

export interface HomeView {
  readonly city: string;
  readonly zone: string;
  readonly now: Instant;
  /** Null outside demo mode. */
  readonly demoKey: string | null;
  readonly baseUrl: string;
  readonly services: readonly ServiceDefinition[];
  readonly cases: readonly CaseOverview[];
}

/** The first page: what is running, where to go, and what is happening now. Plain HTML, without a script. */
export const renderHome = (view: HomeView): string => `<!doctype html>${renderToStaticMarkup(<Home {...view} />)}`;

function Home({ city, zone, now, demoKey, baseUrl, services, cases }: HomeView): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${city} 311`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header>
          <p className="brand">OneDoor</p>
          <h1>{`${city} 311`}</h1>
          <p>The front door of city hall: every request gets a reference, a department that answers for it, and a promise with a clock.</p>
          <p className="running">{`Running: all services in one process, on SQLite${demoKey === null ? '' : ', with a demo city'}. It is ${local(now, zone)} in ${city}.`}</p>
        </header>
        <main>
          <section aria-labelledby="latest">
            <h2 id="latest">Latest cases and their clocks</h2>
            {cases.length === 0 ? <p>None yet. Post the first one as shown below, then reload.</p> : <Cases cases={cases} zone={zone} now={now} names={new Map(services.map(({ code, name }) => [code, name]))} />}
          </section>
          <section aria-labelledby="services">
            <h2 id="services">What can be asked for</h2>
            <ul>
              {services.map(({ code, name, description }) => (
                <li key={code}>
                  <strong>{name}</strong> <code>{code}</code>
                  {description === name ? '' : `: ${description}`}
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="door">
            <h2 id="door">The door for programs</h2>
            <ul>
              <li><a href="/open311/v2/services.json">Services (Open311, JSON)</a> and <a href="/open311/v2/services.xml">XML</a></li>
              <li><a href="/open311/v2/requests.json">Requests of the last 90 days (JSON)</a> and <a href="/open311/v2/requests.xml">XML</a></li>
              <li><a href="/healthz">Health</a> and <a href="/readyz">readiness</a></li>
            </ul>
            <PostExample baseUrl={baseUrl} apiKey={demoKey ?? '<your api key>'} service={services[0]?.code ?? 'pothole'} />
            <h3>Replay the latest request</h3>
            <pre tabIndex={0}><code>{`npm run -s onedoor -- replay ${cases[0]?.reference ?? '<reference>'}`}</code></pre>
          </section>
        </main>
      </body>
    </html>
  );
}

function PostExample({ baseUrl, apiKey, service }: { readonly baseUrl: string; readonly apiKey: string; readonly service: string }): ReactElement {
  const lines = [
    `curl ${baseUrl}/open311/v2/requests.json \\`,
    `  -d api_key=${apiKey} -d service_code=${service} \\`,
    `  -d lat=42.35 -d long=-71.06 -d 'description=Deep, by the bus stop'`,
  ];
  return (
    <>
      <h3>Report something</h3>
      <pre tabIndex={0}><code>{lines.join('\n')}</code></pre>
    </>
  );
}

interface CasesView extends Pick<HomeView, 'cases' | 'zone' | 'now'> {
  /** Services by code. */
  readonly names: ReadonlyMap<string, string>;
}

function Cases({ cases, zone, now, names }: CasesView): ReactElement {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Table of cases">
      <table>
        <thead>
          <tr>
            <th scope="col">Reference</th>
            <th scope="col">Service</th>
            <th scope="col">Clock</th>
            <th scope="col">Promised by</th>
            <th scope="col">Department</th>
            <th scope="col">Status</th>
            <th scope="col">Opened</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((each) => (
            <tr key={each.reference}>
              <th scope="row"><a href={`/open311/v2/requests/${each.reference}.json`}>{formatReference(each.reference)}</a></th>
              <td>{names.get(each.service) ?? each.service}</td>
              <td>{clockWords(each, now)}</td>
              <td>{each.dueAt === null ? 'no agreement' : local(each.dueAt, zone)}</td>
              <td>{each.department ?? 'none yet'}</td>
              <td>{each.status.replace('_', ' ')}</td>
              <td>{local(each.openedAt, zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the promise's clock says, in words: never by colour alone. */
export function clockWords({ status, dueAt, breachedAt, isPaused }: CaseOverview, now: Instant): string {
  if (dueAt === null) return 'no clock';
  if (status === 'resolved' || status === 'closed') return breachedAt === null ? 'stopped, on time' : 'stopped, late';
  if (isPaused) return 'standing still';
  const minutes = Math.round((Date.parse(dueAt) - Date.parse(now)) / 60_000);
  return minutes < 0 ? `overdue by ${span(-minutes)}` : `${span(minutes)} left`;
}

function span(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

const local = (instant: Instant, zone: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(Date.parse(instant));
