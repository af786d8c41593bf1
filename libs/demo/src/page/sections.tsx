import type { Query } from '@onedoor/engine';
import type { HomeSection, HomeVisit } from '@onedoor/intake';
import type { Ports } from '@onedoor/platform';
import { CASE_OVERVIEW, type CaseOverview } from '@onedoor/routing';
import type { ReactElement } from 'react';
import { RIVERBEND } from '../city/riverbend.js';
import { findLongStory } from '../history/find-long-story.js';
import type { Traffic } from '../traffic/traffic.js';
import { CasesTable } from './cases-table.js';
import { figureDays, readDepartments } from './departments.js';
import { DepartmentsTable } from './departments-table.js';
import { examplesOf } from './examples.js';
import { Accounts, Examples, Links } from './lists.js';
import { TrafficNote } from './traffic-note.js';

export interface DemoPage {
  readonly ports: Pick<Ports, 'readModels' | 'store'>;
  /** Whether this process holds all contexts. Otherwise it shows nothing that routing or analytics keep. */
  readonly isWhole: boolean;
  /** Whether the messages to residents are shown. */
  readonly hasOutbox: boolean;
  /** The Open311 key that the examples post with. */
  readonly apiKey: string;
  /** Null where the demo does not go on by itself. */
  readonly traffic: Traffic | null;
}

const LATEST_CASES = 20;

/** What the demo city adds to the first page. Of another city in the same process nothing is shown. */
export function demoSections(page: DemoPage): readonly HomeSection[] {
  const sections = [...leadOf(page), ...(page.isWhole ? casesOf(page) : []), ...guideOf(page)];
  return sections.map((section) => ({
    ...section,
    render: (visit) => (visit.city === RIVERBEND.name ? section.render(visit) : Promise.resolve(null)),
  }));
}

const leadOf = ({ traffic }: DemoPage): readonly HomeSection[] => [
  {
    id: 'demo',
    title: null,
    place: { before: 'latest' },
    sendsForms: traffic !== null,
    async render() {
      traffic?.look();
      return <TrafficNote traffic={traffic && { state: traffic.state(), seconds: traffic.seconds }} />;
    },
  },
];

const casesOf = ({ ports }: DemoPage): readonly HomeSection[] => [
  section('departments', 'How the departments stand', { before: 'latest' }, async ({ now, zone }) => (
    <DepartmentsTable departments={await readDepartments(ports, RIVERBEND.departments, now, zone)} />
  )),
  section('latest', 'Latest cases and their clocks', { insteadOf: 'latest' }, async ({ now, zone, services }) => {
    const names = new Map(services.map(({ code, name }) => [code, name]));
    return <CasesTable cases={await latestCases(ports)} zone={zone} now={now} names={names} />;
  }),
];

const guideOf = ({ ports, isWhole, hasOutbox, apiKey }: DemoPage): readonly HomeSection[] => [
  section('links', 'Where everything is', { insteadOf: 'links' }, async () => {
    const [latest] = isWhole ? await latestCases(ports) : [];
    return <Links hasOutbox={hasOutbox} latest={latest?.reference ?? null} />;
  }),
  section('accounts', 'Who can sign in', { before: 'services' }, () => Promise.resolve(<Accounts />)),
  section('examples', 'Try it from a shell', { before: 'services' }, async ({ baseUrl, now, zone, services: [service] }) => {
    const [openCase] = isWhole ? await casesBy(ports, 'queueAt', WORKED_ON_BY_STREETS) : [];
    const examples = examplesOf({
      baseUrl,
      apiKey,
      service: service?.code ?? 'pothole',
      openCase: openCase?.reference ?? null,
      history: await findLongStory(ports),
      days: figureDays(now, zone),
    });
    return <Examples examples={examples} />;
  }),
];

const section = (
  id: string,
  title: string,
  place: HomeSection['place'],
  render: (visit: HomeVisit) => Promise<ReactElement | null>,
): HomeSection => ({ id, title, place, sendsForms: false, render });

const WORKED_ON_BY_STREETS = { department: 'streets', isOpen: true, status: { in: ['queued', 'assigned', 'in_progress'] } };

const latestCases = (ports: DemoPage['ports']): Promise<readonly CaseOverview[]> => casesBy(ports, 'openedAt', { isPublic: true });

async function casesBy(
  { readModels }: DemoPage['ports'],
  field: 'openedAt' | 'queueAt',
  where: NonNullable<Query['where']>,
): Promise<readonly CaseOverview[]> {
  const sort = { field, descending: field === 'openedAt' };
  const found = await readModels.find(CASE_OVERVIEW.collection, { where, sort, limit: LATEST_CASES });
  return found.map(({ body }) => body as unknown as CaseOverview);
}
