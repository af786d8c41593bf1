import { RequestLink } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import type { CaseOverview } from '@onedoor/routing';
import { localTimeOfYear, Table } from '@onedoor/ui';
import type { ReactElement } from 'react';

export interface CasesView {
  readonly cases: readonly CaseOverview[];
  readonly zone: string;
  readonly now: Instant;
  /** Services by code. */
  readonly names: ReadonlyMap<string, string>;
}

const COLUMNS = ['Reference', 'Service', 'Clock', 'Promised by', 'Department', 'Status', 'Opened'];

/** The latest cases with the state of their clocks, which routing keeps and a city's own first page does not show. */
export function CasesTable({ cases, zone, now, names }: CasesView): ReactElement {
  if (cases.length === 0) return <p>None yet. Post the first one as shown below, then reload.</p>;
  return (
    <Table label="Table of cases" columns={COLUMNS}>
      {cases.map((each) => (
        <tr key={each.reference}>
          <th scope="row">
            <RequestLink reference={each.reference} />
          </th>
          <td>{names.get(each.service) ?? each.service}</td>
          <td>{clockWords(each, now)}</td>
          <td>{each.dueAt === null ? 'no agreement' : localTimeOfYear(each.dueAt, zone)}</td>
          <td>{each.department ?? 'none yet'}</td>
          <td>{each.status.replace('_', ' ')}</td>
          <td>{localTimeOfYear(each.openedAt, zone)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** The state of the promise's clock in words, so that it is never told by colour alone. */
function clockWords({ status, dueAt, breachedAt, isPaused }: CaseOverview, now: Instant): string {
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
