import type { Instant } from '@onedoor/kernel';
import type { RefusedRecord } from './importer.js';
import type { PlannedLine } from './plan-records.js';
import type { Rejected } from './record-file.js';
import type { Note, Survey } from './survey.js';

/** A record that says more than the log held, by its line. */
interface Changed {
  readonly line: number;
  readonly changes: readonly string[];
}

export interface ReportDocument {
  readonly rows: number;
  /** Records that the log did not hold. */
  readonly imported: number;
  /** Records that said more than the log held, or than an earlier line of their id. */
  readonly updated: number;
  /** Records that said nothing new. */
  readonly skipped: number;
  readonly rejected: readonly Rejected[];
  readonly notes: readonly Note[];
  readonly changed: readonly Changed[];
  /** The instant of the import: clocks have run up to it. */
  readonly until: Instant;
}

const LINES_SHOWN = 50;

/** Counts what an import did, or would do, about each record of its file. */
export class ImportReport {
  private imported = 0;
  private updated = 0;
  private skipped: number;
  private readonly rejected: Rejected[];
  private readonly notes: Note[];
  private readonly changed: Changed[] = [];

  constructor(
    private readonly surveyed: Survey,
    private readonly until: Instant,
  ) {
    this.skipped = surveyed.repeated;
    this.rejected = [...surveyed.rejected];
    this.notes = [...surveyed.notes];
  }

  /** `isDone`: an earlier run of this import has finished these records. */
  add(lines: readonly PlannedLine[], refused: readonly RefusedRecord[], isDone: boolean): void {
    const reasons = new Map(refused.map(({ of, reason }) => [of.line, reason]));
    for (const { line, record, plan, note } of lines) {
      const reason = plan.kind === 'rejected' ? plan.reason : reasons.get(line);
      // Later lines of its id that say more: what they say is applied with this one, or is not.
      const later = this.surveyed.changed.get(record.id) ?? 0;
      if (note !== null) this.notes.push({ line, note });
      if (reason !== undefined) this.rejected.push({ line, reason });
      else if (isDone || plan.kind === 'unchanged') this.skipped += 1;
      else if (plan.kind === 'changed') {
        this.updated += 1;
        this.changed.push({ line, changes: plan.changes });
      } else this.imported += 1;
      if (reason !== undefined || isDone || plan.kind === 'unchanged') this.skipped += later;
      else this.updated += later;
    }
  }

  document(): ReportDocument {
    const { imported, updated, skipped, changed, until, surveyed } = this;
    return { rows: surveyed.rows, imported, updated, skipped, rejected: sorted(this.rejected), notes: sorted(this.notes), changed, until };
  }

  /** For people; a long list is cut, and `--json` has all of it. */
  lines(): readonly string[] {
    const { rows, imported, updated, skipped, rejected, notes, changed } = this.document();
    return [
      `${rows} rows: ${imported} imported, ${updated} updated, ${skipped} skipped, ${rejected.length} rejected`,
      ...cut(rejected.map(({ line, reason }) => `  line ${line}: ${reason}`)),
      ...cut(notes.map(({ line, note }) => `  line ${line}: ${note}`)),
      ...cut(changed.map(({ line, changes }) => `  line ${line}: ${changes.join(', ')}`)),
    ];
  }
}

const sorted = <Of extends { readonly line: number }>(entries: readonly Of[]): readonly Of[] =>
  entries.toSorted((one, other) => one.line - other.line);

const cut = (lines: readonly string[]): readonly string[] =>
  lines.length <= LINES_SHOWN ? lines : [...lines.slice(0, LINES_SHOWN), `  and ${lines.length - LINES_SHOWN} more: --json lists all`];
