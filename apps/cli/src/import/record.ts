import type { Channel, Outcome } from '@onedoor/contracts';
import { dayNumberOf, DEPARTMENT_CODE_CHARACTERS, HOUR_MS, LIMITS, msOf, SERVICE_CODE_CHARACTERS, type Instant } from '@onedoor/kernel';
import { localDateOf } from '@onedoor/sla';
import { dateReaderOf } from './date-format.js';
import type { ImportMapping } from './mapping.js';
import { codeProblem, textProblem } from './text-rules.js';

/** One record of an export, as an import reads it. It never holds the city's own target and verdict. */
export interface ImportedRecord {
  readonly id: string;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  /** When the record was last changed in its system; null where the file does not say. */
  readonly changedAt: Instant | null;
  readonly service: string;
  readonly group: string;
  /** Null where the record names none. */
  readonly department: string | null;
  readonly address: string | null;
  readonly lat: number | null;
  readonly long: number | null;
  readonly channel: Channel;
  /** Null while it is open. */
  readonly outcome: Outcome | null;
  /** The words of its end; null where there are none. */
  readonly closure: string | null;
}

/** `rejected`: the rule that the fields break. `note`: what was taken otherwise than it is written. */
export type ReadRecord = { readonly record: ImportedRecord; readonly note: string | null } | { readonly rejected: string };

const ID_CHARACTERS = 200;
const GROUP_CHARACTERS = 200;
const ADDRESS_CHARACTERS = 500;
const COORDINATE = /^[+-]?\d{1,3}(\.\d{1,20})?$/;

/** A closing may stand so far before its opening: the clocks of two devices differ, or an hour of spring was left out. */
const EARLY_CLOSING_MS = HOUR_MS;

/**
 * Reads the fields of a record by a mapping and the columns of the header. A rejection names column and rule, and quotes nothing of the
 * record, which may hold personal data.
 */
export class RecordReading {
  private readonly columnOf: ReadonlyMap<string, number>;
  private readonly dates: readonly NonNullable<ReturnType<typeof dateReaderOf>>[];
  private readonly outcomes: readonly { readonly pattern: RegExp; readonly column: string; readonly outcome: Outcome }[];

  constructor(
    private readonly mapping: ImportMapping,
    readonly header: readonly string[],
  ) {
    this.columnOf = new Map([...header.entries()].reverse().map(([at, column]) => [column, at]));
    this.dates = mapping.dates.flatMap((form) => dateReaderOf(form) ?? []);
    this.outcomes = mapping.outcomes.map(({ pattern, column, outcome }) => ({
      pattern: new RegExp(pattern, 'i'),
      column: column ?? mapping.columns.closure ?? '',
      outcome,
    }));
  }

  read(fields: readonly string[]): ReadRecord {
    if (fields.length !== this.header.length) return { rejected: `wrong column count: ${fields.length} instead of ${this.header.length}` };
    const { columns, zone, since } = this.mapping;
    const value = (column: string | null | undefined): string => (column ? (fields[this.columnOf.get(column) ?? -1] ?? '') : '');

    const id = value(columns.id).trim();
    const service = value(columns.service).trim();
    const department = value(columns.department).trim() || null;
    const address =
      (columns.address ?? [])
        .map((column) => value(column).trim())
        .filter((part) => part !== '')
        .join(', ') || null;
    const closure = value(columns.closure).trim() || null;
    const textual =
      codeProblem(columns.id, id, ID_CHARACTERS) ??
      codeProblem(columns.service, service, SERVICE_CODE_CHARACTERS) ??
      (department === null ? null : codeProblem(String(columns.department), department, DEPARTMENT_CODE_CHARACTERS)) ??
      textProblem((columns.address ?? []).join(', '), address, ADDRESS_CHARACTERS) ??
      textProblem(String(columns.closure), closure, LIMITS.descriptionCharacters);
    if (textual !== null) return { rejected: textual };

    const openedAt = this.instantOf(value(columns.openedAt).trim());
    if (openedAt === null) return { rejected: `${columns.openedAt} is no date and time that exists` };
    if (dayNumberOf(localDateOf(openedAt, zone)) === null) return { rejected: `${columns.openedAt} lies outside 2000-01-01 to 2089-09-17` };
    // Before that there is no agreement: it would be promised nothing, in silence.
    if (msOf(openedAt) < msOf(since)) return { rejected: `${columns.openedAt} is before ${since}, the mapping's since` };
    const closing = this.closingOf(value(columns.status).trim(), value(columns.closedAt).trim(), openedAt);
    if ('rejected' in closing) return closing;
    const changed = value(columns.changedAt).trim();
    const changedAt = changed === '' ? null : this.instantOf(changed, openedAt);
    if (changed !== '' && changedAt === null) return { rejected: `${columns.changedAt} is no date and time that exists` };

    const lat = this.degreesOf(value(columns.latitude), 90);
    const long = this.degreesOf(value(columns.longitude), 180);
    if (lat === 'off' || long === 'off') return { rejected: `${columns.latitude} or ${columns.longitude} is off the globe` };
    const isPlaced = lat !== null && long !== null;
    const half =
      isPlaced || (lat === null && long === null)
        ? null
        : `${columns.latitude} and ${columns.longitude} are given together or not at all: taken as none`;
    const { closedAt } = closing;
    const note = [closing.note, half].filter((each) => each !== null).join('; ') || null;
    return {
      note,
      record: {
        id,
        openedAt,
        closedAt,
        changedAt,
        service,
        group: value(columns.group).slice(0, GROUP_CHARACTERS),
        department,
        address,
        lat: isPlaced ? lat : null,
        long: isPlaced ? long : null,
        channel: this.channelOf(value(columns.channel)),
        outcome: closedAt === null ? null : this.outcomeOf(value),
        closure,
      },
    };
  }

  private closingOf(
    word: string,
    closed: string,
    openedAt: Instant,
  ): { readonly closedAt: Instant | null; readonly note: string | null } | { readonly rejected: string } {
    const { columns, statuses } = this.mapping;
    const status = Object.hasOwn(statuses, word) ? statuses[word] : undefined;
    if (status === undefined) return { rejected: `${columns.status} is none of ${Object.keys(statuses).join(', ')}` };
    if (status === 'closed' && closed === '') return { rejected: `closed by ${columns.status}, without ${columns.closedAt}` };
    if (status === 'open' && closed !== '') return { rejected: `open by ${columns.status}, with ${columns.closedAt}` };
    if (closed === '') return { closedAt: null, note: null };
    const closedAt = this.instantOf(closed, openedAt);
    if (closedAt === null) return { rejected: `${columns.closedAt} is no date and time that exists` };
    if (closedAt >= openedAt) return { closedAt, note: null };
    if (msOf(openedAt) - msOf(closedAt) > EARLY_CLOSING_MS)
      return { rejected: `${columns.closedAt} is more than an hour before ${columns.openedAt}` };
    return { closedAt: openedAt, note: `${columns.closedAt} is up to an hour before ${columns.openedAt}: taken as closed when it opened` };
  }

  private instantOf(text: string, notBefore?: Instant): Instant | null {
    for (const read of this.dates) {
      const instant = read(text, this.mapping.zone, notBefore);
      if (instant !== null) return instant;
    }
    return null;
  }

  private outcomeOf(value: (column: string) => string): Outcome {
    const found = this.outcomes.find(({ pattern, column }) => pattern.test(value(column).slice(0, LIMITS.descriptionCharacters)));
    return found?.outcome ?? this.mapping.otherOutcome;
  }

  private channelOf(word: string): Channel {
    const { channels } = this.mapping;
    return (Object.hasOwn(channels, word) ? channels[word] : undefined) ?? 'integration';
  }

  private degreesOf(written: string, most: number): number | null | 'off' {
    const text = this.mapping.decimalSign === ',' ? written.trim().replace(',', '.') : written.trim();
    if (text === '') return null;
    const value = COORDINATE.test(text) ? Number(text) : Number.NaN;
    return Math.abs(value) <= most ? value : 'off';
  }
}
