import type { ReactElement } from 'react';
import { MOST_COUNTED, type DepartmentStanding } from './departments.js';
import { percent } from './words.js';

/** Below this share of kept promises a department is behind. */
const BEHIND = 0.7;

export function DepartmentsTable({ departments }: { readonly departments: readonly DepartmentStanding[] }): ReactElement {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Table of departments">
      <table>
        <thead>
          <tr>
            <th scope="col">Department</th>
            <th scope="col">Open</th>
            <th scope="col">Overdue</th>
            <th scope="col">Due in a day</th>
            <th scope="col">Waiting</th>
            <th scope="col">Opened, 30 days</th>
            <th scope="col">Closed</th>
            <th scope="col">On time</th>
          </tr>
        </thead>
        <tbody>
          {departments.map(({ code, name, open, overdue, dueSoon, waiting, opened, closed, onTime }) => (
            <tr key={code} className={isBehind(onTime) ? 'behind' : undefined}>
              <th scope="row">{name}</th>
              <td>{open === MOST_COUNTED ? `${open} or more` : open}</td>
              <td>{overdue}</td>
              <td>{dueSoon}</td>
              <td>{waiting}</td>
              <td>{opened}</td>
              <td>{closed}</td>
              <td>{isBehind(onTime) ? `${percent(onTime)}, behind` : percent(onTime)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isBehind = (onTime: number | null): boolean => onTime !== null && onTime < BEHIND;
