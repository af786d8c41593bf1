import { Table } from '@onedoor/ui';
import type { ReactElement } from 'react';
import { MOST_COUNTED, type DepartmentStanding } from './departments.js';

/** Below this share of kept promises a department is behind. */
const BEHIND = 0.7;

const COLUMNS = ['Department', 'Open', 'Overdue', 'Due in a day', 'Waiting', 'Opened, 30 days', 'Closed', 'On time'];

export const DepartmentsTable = ({ departments }: { readonly departments: readonly DepartmentStanding[] }): ReactElement => (
  <Table label="Table of departments" columns={COLUMNS}>
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
  </Table>
);

const isBehind = (onTime: number | null): boolean => onTime !== null && onTime < BEHIND;

/** `0.4231` as `42 %`; a dash where there is nothing to tell. */
const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)} %`);
