import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deterministicId, upcast, type Aggregate, type EventShapes, type NewEvent, type RecordedEvent } from '@onedoor/engine';
import type { Decider, DomainEvent, Instant } from '@onedoor/kernel';

/** A stored event as a golden file keeps it, with its revision in the one stream that the files of a folder make up. */
type GoldenEvent = NewEvent & { readonly revision: number };

/** The golden files of a folder, `<Type>.v<n>.json`, by name. */
export function readGolden<Content = GoldenEvent>(folder: string): ReadonlyMap<string, Content> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  return new Map(files.map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, file), 'utf8')) as Content]));
}

/** The golden files of a folder as recorded events of one stream: of each type the newest version, in the order of their revisions. */
export const goldenStream = (folder: string, stream: string): readonly RecordedEvent[] => recorded(newestOf(readGolden(folder)), stream);

function newestOf(files: ReadonlyMap<string, GoldenEvent>): readonly GoldenEvent[] {
  const newest = new Map<string, GoldenEvent>();
  for (const event of files.values()) if (event.v > (newest.get(event.type)?.v ?? 0)) newest.set(event.type, event);
  return [...newest.values()];
}

const recorded = (events: readonly GoldenEvent[], stream: string): readonly RecordedEvent[] =>
  [...events]
    .sort((one, other) => one.revision - other.revision)
    .map((event, index) => ({ ...event, stream, position: `golden:${String(index + 1).padStart(16, '0')}` }));

/**
 * Defines tests that every event ever written stays readable: each version of each event type of an aggregate has a golden file, each
 * file is decoded to today's shape, and the stream of all of them is folded.
 */
export function goldenContract<State, Command extends { readonly at: Instant }, Event extends DomainEvent>(
  aggregate: Aggregate<State, Command, Event>,
  folder: string,
  expectations: {
    /** The events that the decider writes today for the same stream: a shape that changed without a new version shows here. */
    readonly written: readonly Event[];
    /** The relevant part of the state after the whole stream. */
    readonly amountsTo: object;
    /** What today's shape makes of the golden files of older versions, by their names: the data of each. */
    readonly upcast?: Readonly<Record<string, unknown>>;
  },
): void {
  if ('WRITE_GOLDEN' in globalThis) writeMissing(aggregate, folder, expectations.written);
  const files = readGolden(folder);
  const events = goldenStream(folder, `${aggregate.category}-golden`);
  const older = recorded([...files.values()], `${aggregate.category}-golden`).filter(
    ({ id, v }) => !events.some((each) => each.id === id && each.v === v),
  );

  describe(`golden files of ${aggregate.category}`, () => {
    it('exist for each version of each event type, and for nothing else', () => {
      const names = Object.entries<{ readonly v: number }>(aggregate.shapes).flatMap(([type, { v }]) =>
        Array.from({ length: v }, (_, index) => `${type}.v${index + 1}`),
      );
      expect([...files.keys()]).toEqual(names.sort());
    });

    it('hold the type and version of their names', () => {
      expect([...files.values()].map(({ type, v }) => `${type}.v${v}`)).toEqual([...files.keys()]);
    });

    it('decode to what the decider writes today', () => {
      const decoded = events.map((event) => upcast(aggregate.shapes, event)).map(({ type, at, data }) => ({ type, at, data }));
      // A type that came later has its file at the end, wherever the story has its event.
      expect(decoded.sort(byType)).toStrictEqual([...expectations.written].sort(byType));
    });

    it('of older versions decode to what is expected of each', () => {
      const decoded = older.map((event) => [`${event.type}.v${event.v}`, upcast(aggregate.shapes, event).data]);
      expect(Object.fromEntries(decoded)).toStrictEqual(expectations.upcast ?? {});
    });

    it('of older versions are folded in the place of newer ones', () => {
      for (const event of older) {
        const stream = events.map((each) => (each.type === event.type ? event : each));
        const decoded = stream.map((each) => upcast(aggregate.shapes, each) as DomainEvent as Event);
        expect(() => decoded.reduce((state, each) => aggregate.decider.evolve(state, each), aggregate.decider.initial)).not.toThrow();
      }
    });

    it('fold to the expected state', () => {
      const decoded = events.map((event) => upcast(aggregate.shapes, event) as DomainEvent as Event);
      expect(decoded.reduce((state, event) => aggregate.decider.evolve(state, event), aggregate.decider.initial)).toMatchObject(
        expectations.amountsTo,
      );
    });
  });
}

/**
 * Writes the golden files that are not there yet, of the events that the decider writes today: run by `npm run golden`. What is there is
 * never changed, for logs hold it.
 */
function writeMissing<Event extends DomainEvent>(
  { category, shapes }: { readonly category: string; readonly shapes: EventShapes<Event['type']> },
  folder: string,
  events: readonly Event[],
): void {
  mkdirSync(folder, { recursive: true });
  const known = [...readGolden(folder).values()].map(({ revision }) => revision);
  let revision = Math.max(-1, ...known);
  for (const event of events) {
    const { v } = shapes[event.type as Event['type']];
    const file = join(folder, `${event.type}.v${v}.json`);
    if (existsSync(file)) continue;
    // A new version of a type takes the place of the one before it; a new type comes after all others.
    const before = readGolden(folder).get(`${event.type}.v${v - 1}`);
    const golden: GoldenEvent = {
      id: deterministicId('golden', category, event.type, String(v)),
      type: event.type,
      v,
      at: event.at,
      recordedAt: event.at,
      revision: before?.revision ?? ++revision,
      data: event.data,
      metadata: {
        actor: { role: 'staff', id: 'staff-7' },
        commandId: deterministicId('golden command', category, event.type),
        correlationId: '9AN03NQK8NE',
        jurisdiction: 'testville',
      },
    };
    writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
  }
}

const byType = (one: { readonly type: string }, other: { readonly type: string }): number => (one.type < other.type ? -1 : 1);

/** The first event of each type that a decider writes for these commands in order, as golden files have them. */
export function firstOfEachType<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  ...commands: readonly Command[]
): readonly Event[] {
  const firsts = new Map<string, Event>();
  let state = decider.initial;
  for (const command of commands) {
    const decision = decider.decide(command, state);
    if (decision.outcome === 'rejected') throw new Error(`${decision.code}: ${decision.detail}`);
    for (const event of decision.events) {
      state = decider.evolve(state, event);
      if (!firsts.has(event.type)) firsts.set(event.type, event);
    }
  }
  return [...firsts.values()];
}
