import { firstWhere } from './binary-search.js';

/**
 * A period in which a zone keeps one offset from UTC, `fromMs` included and `toMs` excluded, in milliseconds since
 * 1970-01-01T00:00Z. Inside a segment local time is UTC plus a constant, so all arithmetic is done segment by segment: a day of
 * 23 or 25 hours, a skipped date and an hour that occurs twice need no special case.
 */
export interface OffsetSegment {
  readonly fromMs: number;
  readonly toMs: number;
  /** Local time minus UTC. Whole seconds: some zones had offsets such as -00:44:30 into the 1970s. */
  readonly offsetMs: number;
}

const ZONES_MAX = 1_000;
const SEGMENTS_MAX = 4_000;
const segmentsOfZone = new Map<string, OffsetSegment[]>();

/**
 * The segment of an IANA zone that holds an instant, cached by the zone's name. Throws RangeError for a zone that the platform
 * does not know; `calendarProblems` reports that earlier.
 */
export function segmentAt(zone: string, epochMs: number): OffsetSegment {
  const known = segmentsOf(zone);
  const index = firstWhere(0, known.length, (candidate) => (known[candidate] as OffsetSegment).toMs > epochMs);
  const found = known[index];
  if (found !== undefined && found.fromMs <= epochMs) return found;
  const segment = readSegment(zone, epochMs);
  known.splice(index, 0, segment);
  if (known.length > SEGMENTS_MAX) known.length = 0;
  return segment;
}

function segmentsOf(zone: string): OffsetSegment[] {
  const known = segmentsOfZone.get(zone);
  if (known !== undefined) return known;
  if (segmentsOfZone.size >= ZONES_MAX) segmentsOfZone.clear();
  const none: OffsetSegment[] = [];
  segmentsOfZone.set(zone, none);
  return none;
}

function readSegment(zone: string, epochMs: number): OffsetSegment {
  const here = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
  // "Previous" means strictly before, so a transition at this very instant is found by looking back from just after it.
  const before = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const after = here.getTimeZoneTransition('next');
  return {
    fromMs: before?.epochMilliseconds ?? -Infinity,
    toMs: after?.epochMilliseconds ?? Infinity,
    offsetMs: here.offsetNanoseconds / 1_000_000,
  };
}
