import type { ReactElement, ReactNode } from 'react';

export interface TableView {
  /** What screen readers call it. */
  readonly label: string;
  readonly columns: readonly string[];
  /** Whether cells break into lines; otherwise the table is scrolled sideways where it is wider than the page. */
  readonly wraps?: boolean;
  /** Rows: `tr` elements, each with its `th` first. */
  readonly children: ReactNode;
}

/** A table that scrolls within itself, by keyboard too. */
export function Table({ label, columns, wraps = false, children }: TableView): ReactElement {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className={wraps ? 'wraps' : undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
