import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readReaching, type RecordedEvent } from '@onedoor/engine';
import type { Instant, Reference } from '@onedoor/kernel';
import { PORTS, type Context, type Ports, type RecordedReading } from '@onedoor/platform';
import { accessLogId } from './access-log.js';

/** Asks who was shown what of a request in one month (`YYYY-MM`, in UTC); null: the present month. */
export class ListReadings extends Query<ReadingsOfMonth> {
  constructor(
    readonly reference: Reference,
    readonly month: string | null,
  ) {
    super();
  }
}

export interface ReadingsOfMonth {
  readonly month: string;
  /** Oldest first. */
  readonly readings: readonly Reading[];
}

export interface Reading extends RecordedReading {
  readonly at: Instant;
  /** Who, as `role:id`. */
  readonly actor: string;
}

/** Streams `<category>-<reference>.<month>` in which a context records who was shown what. */
export interface ReadingRecord {
  readonly category: string;
  readingOf(event: RecordedEvent): RecordedReading;
}

/** Injection token of the records that readings are listed from. */
export const READING_RECORDS = Symbol('audit.reading-records');

/** By the values of the contexts that keep them. */
export const readingRecordsOf = (contexts: readonly Context[]): readonly ReadingRecord[] =>
  contexts
    .flatMap(({ aggregates }) => aggregates)
    .flatMap(({ of, readingOf }) => (readingOf === undefined ? [] : [{ category: of.category, readingOf }]));

@QueryHandler(ListReadings)
export class ListReadingsHandler implements IQueryHandler<ListReadings> {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'store' | 'clock' | 'alarm'>,
    @Inject(READING_RECORDS) private readonly records: readonly ReadingRecord[],
  ) {}

  async execute({ reference, month }: ListReadings): Promise<ReadingsOfMonth> {
    const wanted = month ?? this.ports.clock.now().slice(0, 7);
    const found = await Promise.all(this.records.map((record) => this.readingsIn(record, accessLogId(reference, wanted))));
    const readings = found.flat().sort((one, other) => (one.position < other.position ? -1 : 1));
    return { month: wanted, readings: readings.map(({ reading }) => reading) };
  }

  private async readingsIn({ category, readingOf }: ReadingRecord, id: string): Promise<readonly PlacedReading[]> {
    const events = await readReaching(this.ports, `${category}-${id}`, null);
    return events.map((event) => {
      const { actor } = event.metadata;
      return { position: event.position, reading: { at: event.at, actor: `${actor.role}:${actor.id}`, ...readingOf(event) } };
    });
  }
}

interface PlacedReading {
  readonly position: string;
  readonly reading: Reading;
}
