import type { Instant } from '@onedoor/kernel';
import type { ServiceDefinition } from '@onedoor/intake';
import type { CaseOverview } from '@onedoor/routing';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { CasesTable } from './cases-table.js';
import { DemoAccounts } from './demo-accounts.js';
import type { DepartmentStanding } from './departments.js';
import { DepartmentsTable } from './departments-table.js';
import { DripNote, type DripView } from './drip-note.js';
import type { Example } from './examples.js';
import { Links } from './links.js';
import { STYLE } from './style.js';
import { local } from './words.js';

export interface HomeView {
  readonly city: string;
  readonly zone: string;
  readonly now: Instant;
  readonly services: readonly ServiceDefinition[];
  readonly cases: readonly CaseOverview[];
  readonly examples: readonly Example[];
  /** Null outside demo mode. */
  readonly demo: DemoView | null;
}

export interface DemoView {
  readonly departments: readonly DepartmentStanding[];
  /** Null where the demo does not go on by itself. */
  readonly drip: DripView | null;
  /** Whether messages to residents are shown. */
  readonly hasOutbox: boolean;
}

/** The first page: what is running, what is happening now, and where everything is. Plain HTML, without a script. */
export const renderHome = (view: HomeView): string => `<!doctype html>${renderToStaticMarkup(<Home {...view} />)}`;

function Home({ city, zone, now, demo, services, cases, examples }: HomeView): ReactElement {
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
          <p className="running">{`Running${demo === null ? '' : ' with a demo city'}. It is ${local(now, zone)} in ${city}.`}</p>
        </header>
        <main>
          {demo?.drip && <DripNote {...demo.drip} />}
          {demo !== null && (
            <Section id="departments" title="How the departments stand">
              <DepartmentsTable departments={demo.departments} />
            </Section>
          )}
          <Section id="latest" title="Latest cases and their clocks">
            {cases.length === 0 ? (
              <p>None yet. Post the first one as shown below, then reload.</p>
            ) : (
              <CasesTable cases={cases} zone={zone} now={now} names={namesOf(services)} />
            )}
          </Section>
          <Section id="links" title="Where everything is">
            <Links hasOutbox={demo?.hasOutbox === true} latest={cases[0]?.reference ?? null} />
          </Section>
          {demo !== null && (
            <Section id="accounts" title="Who can sign in">
              <DemoAccounts />
            </Section>
          )}
          <Section id="examples" title="Try it from a shell">
            <Examples examples={examples} />
          </Section>
          <Section id="services" title="What can be asked for">
            <Services services={services} />
          </Section>
        </main>
      </body>
    </html>
  );
}

function Section({ id, title, children }: { readonly id: string; readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Examples({ examples }: Pick<HomeView, 'examples'>): ReactElement {
  return (
    <>
      {examples.map(({ title, lines }) => (
        <Fragment key={title}>
          <h3>{title}</h3>
          <pre tabIndex={0} aria-label={title}>
            <code>{lines.join('\n')}</code>
          </pre>
        </Fragment>
      ))}
    </>
  );
}

function Services({ services }: Pick<HomeView, 'services'>): ReactElement {
  return (
    <ul>
      {services.map(({ code, name, description }) => (
        <li key={code}>
          <strong>{name}</strong> <code>{code}</code>
          {description === name ? '' : `: ${description}`}
        </li>
      ))}
    </ul>
  );
}

const namesOf = (services: readonly ServiceDefinition[]): ReadonlyMap<string, string> =>
  new Map(services.map(({ code, name }) => [code, name]));
