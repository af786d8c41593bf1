import { formatReference, type Instant } from '@onedoor/kernel';
import type { CaseOverview } from '@onedoor/routing';
import type { ReactElement } from 'react';
import { clockWords, localShort } from './words.js';

export interface CasesView {
  readonly cases: readonly CaseOverview[];
  readonly zone: string;
  readonly now: Instant;
  /** Services by code. */
  readonly names: ReadonlyMap<string, string>;
}

export function CasesTable({ cases, zone, now, names }: CasesView): ReactElement {
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
              <th scope="row">
                <a href={`/open311/v2/requests/${each.reference}.json`}>{formatReference(each.reference)}</a>
              </th>
              <td>{names.get(each.service) ?? each.service}</td>
              <td>{clockWords(each, now)}</td>
              <td>{each.dueAt === null ? 'no agreement' : localShort(each.dueAt, zone)}</td>
              <td>{each.department ?? 'none yet'}</td>
              <td>{each.status.replace('_', ' ')}</td>
              <td>{localShort(each.openedAt, zone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
