import { formatReference, type Instant } from '@onedoor/kernel';
import { localTime, localTimeOfYear, renderPage, Section, Table } from '@onedoor/ui';
import { Fragment, type ReactElement } from 'react';
import type { ServiceDefinition } from '../catalog/service-definition.js';
import type { RequestStatus } from '../request/request-status.js';

/** One showing of the first page. */
export interface HomeVisit {
  readonly city: string;
  /** IANA zone of the city's days. */
  readonly zone: string;
  readonly now: Instant;
  /** The services that may be listed for everyone. */
  readonly services: readonly ServiceDefinition[];
  /** Where the visitor found the page, such as `http://localhost:3110`. */
  readonly baseUrl: string;
}

/** Sections that the page has by itself, in their order. */
export type OwnSection = 'latest' | 'links' | 'services';

/** A section that a process adds to the first page, such as a demonstration. */
export interface HomeSection {
  /** Of its heading, within the page. */
  readonly id: string;
  /** Null: it has no heading. */
  readonly title: string | null;
  readonly place: { readonly before: OwnSection } | { readonly insteadOf: OwnSection };
  /** Whether it sends forms to this site: browsers are then asked to say that they come from this page. */
  readonly sendsForms: boolean;
  /** Null leaves it out; one that stands instead of another then leaves that one in place. */
  render(visit: HomeVisit): Promise<ReactElement | null>;
}

/** Injection token of a list of `HomeSection`: the page's one extension point. Provided by a global module, or not at all. */
export const HOME_SECTIONS = Symbol('intake.home-sections');

interface Rendered {
  readonly section: Pick<HomeSection, 'id' | 'title'> & Partial<Pick<HomeSection, 'place'>>;
  readonly content: ReactElement;
}

export interface HomeView {
  readonly visit: HomeVisit;
  /** Public requests, the latest first. */
  readonly requests: readonly RequestStatus[];
  readonly added: readonly (Rendered & { readonly section: HomeSection })[];
}

/** The first page: what can be asked for, what was asked for lately and what was promised, and where the interface is. */
export function renderHome({ visit, requests, added }: HomeView): string {
  const { city, zone, now, services } = visit;
  const own: Readonly<Record<OwnSection, Rendered>> = {
    latest: { section: { id: 'latest', title: 'Latest requests' }, content: <Requests requests={requests} zone={zone} /> },
    links: { section: { id: 'links', title: 'Where everything is' }, content: <Links /> },
    services: { section: { id: 'services', title: 'What can be asked for' }, content: <Services services={services} /> },
  };
  const sections = (Object.keys(own) as OwnSection[]).flatMap((name): readonly Rendered[] => [
    ...added.filter(({ section: { place } }) => 'before' in place && place.before === name),
    added.find(({ section: { place } }) => 'insteadOf' in place && place.insteadOf === name) ?? own[name],
  ]);
  return renderPage({
    title: `${city} 311`,
    heading: `${city} 311`,
    lead: (
      <>
        <p>The front door of city hall: every request gets a reference, a department that answers for it, and a promise with a clock.</p>
        <p className="running">{`It is ${localTime(now, zone)} in ${city}.`}</p>
      </>
    ),
    children: sections.map(({ section: { id, title }, content }) =>
      title === null ? (
        <Fragment key={id}>{content}</Fragment>
      ) : (
        <Section key={id} id={id} title={title}>
          {content}
        </Section>
      ),
    ),
  });
}

function Requests({ requests, zone }: Pick<HomeView, 'requests'> & { readonly zone: string }): ReactElement {
  if (requests.length === 0) return <p>None yet.</p>;
  return (
    <Table label="Table of requests" columns={['Reference', 'Service', 'Department', 'Promised by', 'Status', 'Reported']}>
      {requests.map(({ reference, serviceName, department, promisedBy, submittedAt, ...request }) => (
        <tr key={reference}>
          <th scope="row">
            <RequestLink reference={reference} />
          </th>
          <td>{serviceName}</td>
          <td>{department ?? 'none yet'}</td>
          <td>{promisedBy === null ? 'nothing promised' : localTimeOfYear(promisedBy, zone)}</td>
          <td>{statusWords(request, zone)}</td>
          <td>{localTimeOfYear(submittedAt, zone)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** The reference of a public request, which leads to what Open311 says about it. */
export const RequestLink = ({ reference }: Pick<RequestStatus, 'reference'>): ReactElement => (
  <a className="reference" href={`/open311/v2/requests/${reference}.json`}>
    {formatReference(reference)}
  </a>
);

function statusWords(
  { status, round, outcome, closedAt }: Pick<RequestStatus, 'status' | 'round' | 'outcome' | 'closedAt'>,
  zone: string,
): string {
  if (status === 'open') return round === 1 ? 'open' : 'open again';
  const words = outcome === null ? '' : `: ${outcome.replaceAll('_', ' ')}`;
  return closedAt === null ? `closed${words}` : `closed ${localTimeOfYear(closedAt, zone)}${words}`;
}

const Links = (): ReactElement => (
  <ul>
    <Open311Links />
    <li>
      <a href="/healthz">Health</a> and <a href="/readyz">readiness</a>
    </li>
  </ul>
);

/** What everyone may read by Open311, as items of a list. */
export const Open311Links = (): ReactElement => (
  <>
    <li>
      <a href="/open311/v2/services.json">Services (Open311, JSON)</a> and <a href="/open311/v2/services.xml">XML</a>
    </li>
    <li>
      <a href="/open311/v2/requests.json">Requests of the last 90 days (JSON)</a> and <a href="/open311/v2/requests.xml">XML</a>
    </li>
  </>
);

function Services({ services }: Pick<HomeVisit, 'services'>): ReactElement {
  if (services.length === 0) {
    return (
      <p>
        Nothing yet. City staff set up departments and services with <code>npm run onedoor -- city apply FILE</code>.
      </p>
    );
  }
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
