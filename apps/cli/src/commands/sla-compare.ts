import { CATALOG_ID, findSubmitted, SERVICE_CATALOG } from '@onedoor/intake';
import { msOf } from '@onedoor/kernel';
import { CASE_OVERVIEW, type CaseEvent } from '@onedoor/routing';
import { emptyStream, readOn, readReaching, streamOf, type EventStore } from '@onedoor/engine';
import { answer, UserError } from '../answer.js';
import { csvFormOf, type ImportMapping } from '../import/mapping.js';
import { verdictsOf, type VerdictRecord } from '../import/record-file.js';
import { mappingOf } from './import-records.js';
import { openToRead, type DataOptions, type ReadData } from '../open-data.js';

interface CompareOptions extends DataOptions {
  readonly city: string;
  readonly json: boolean;
}

/** Two targets that differ by no more than this count as the same. */
const TOLERANCE_MS = 120_000;

/** `sla compare FILE`: compares the targets, verdicts and departments of the import with the city's own in the file. */
export async function slaCompare(file: string, options: CompareOptions): Promise<void> {
  const mapping = mappingOf(options.city);
  const data = await openToRead(options);
  try {
    await requireImport(data.store);
    const targets = new Comparison();
    const verdicts = new Comparison();
    const departments = new Comparison();
    let [rows, found] = [0, 0];
    const services = new Map<string, { readonly department: string; readonly service: string; readonly targets: Comparison }>();
    for await (const row of verdictsOf({ file, mapping, form: csvFormOf(mapping) })) {
      const ours = await caseOf(data, mapping, row);
      rows += 1;
      if (ours === null) continue;
      found += 1;
      if (row.record.department !== null && ours.department !== null) departments.add(ours.department === row.record.department);
      if (row.targetAt === null || ours.dueAt === null || ours.promisedBy === null) continue;
      const isSame = Math.abs(msOf(ours.dueAt) - msOf(row.targetAt)) <= TOLERANCE_MS;
      targets.add(isSame);
      const key = `${ours.promisedBy}\u0000${row.record.service}`;
      const service = services.get(key) ?? { department: ours.promisedBy, service: row.record.service, targets: new Comparison() };
      services.set(key, service);
      service.targets.add(isSame);
      if (isSame && row.record.closedAt !== null) verdicts.add(row.verdict === (ours.isBreached ? 'OVERDUE' : 'ONTIME'));
    }
    if (found === 0)
      throw new UserError(
        `${file}: none of its ${rows} records was imported here from ${mapping.source}; --city names the mapping of the import`,
      );
    const document = {
      targets: targets.toDocument('within2min'),
      verdicts: verdicts.toDocument('agree'),
      departments: departments.toDocument('agree'),
      services: [...services.entries()]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, { department, service, targets: compared }]) => ({ department, service, ...compared.toDocument('within2min') })),
    };
    answer(options.json, document, [
      targets.line('targets within 2 minutes'),
      verdicts.line('verdicts agree'),
      departments.line('departments agree'),
    ]);
  } finally {
    await data.close();
  }
}

interface OurCase {
  readonly department: string | null;
  /** The department that made the promise. */
  readonly promisedBy: string | null;
  readonly dueAt: string | null;
  readonly isBreached: boolean;
}

/**
 * The case of a record, from its events, read at least up to the position of the case's document. The due instant is that of the event
 * that started the clock. Null where the record was not imported.
 */
async function caseOf(data: ReadData, { source, zone }: ImportMapping, { record }: VerdictRecord): Promise<OurCase | null> {
  const reference = await findSubmitted(data.store, zone, { caller: source, key: record.id, at: record.openedAt });
  if (reference === null) return null;
  const [shown] = await data.readModels.get(CASE_OVERVIEW.collection, [reference]);
  const events = (await readReaching(data, `case-${reference}`, shown?.position ?? null)) as unknown as readonly CaseEvent[];
  const promise = events.find((event) => event.type === 'PromiseMade');
  const routed = events.findLast((event) => event.type === 'CaseRouted');
  return {
    department: routed?.data.department ?? null,
    promisedBy: promise?.data.department ?? null,
    dueAt: promise?.data.dueAt ?? null,
    isBreached: events.some((event) => event.type === 'PromiseBreached'),
  };
}

async function requireImport(store: EventStore): Promise<void> {
  const catalog = await readOn(store, SERVICE_CATALOG, streamOf(SERVICE_CATALOG, CATALOG_ID), emptyStream(SERVICE_CATALOG.decider.initial));
  if (catalog.state.zone === null) throw new UserError('Nothing was imported yet');
}

/** Counts pairs of values, and those that are the same. */
class Comparison {
  private compared = 0;
  private same = 0;

  add(isSame: boolean): void {
    this.compared += 1;
    if (isSame) this.same += 1;
  }

  toDocument<Name extends string>(
    name: Name,
  ): { readonly compared: number; readonly share: number | null } & Readonly<Record<Name, number>> {
    return { compared: this.compared, [name]: this.same, share: this.share() } as never;
  }

  line(words: string): string {
    return `${words}: ${this.same} of ${this.compared}${this.compared === 0 ? '' : ` (${((this.share() ?? 0) * 100).toFixed(2)} %)`}`;
  }

  /** Null where nothing could be compared. */
  private share(): number | null {
    return this.compared === 0 ? null : this.same / this.compared;
  }
}
