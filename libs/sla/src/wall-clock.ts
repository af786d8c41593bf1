import { assert, DAY_MS } from '@onedoor/kernel';
import type { LocalDay } from './local-date.js';
import { type OffsetSegment, segmentAt } from './offset-segments.js';

/** A local date and time: the date, and the milliseconds that the wall clock shows past midnight. */
export interface WallTime {
  readonly day: LocalDay;
  readonly timeOfDayMs: number;
}

/** What the wall clocks of a zone show at an instant. */
export function wallTimeOf(epochMs: number, zone: string): WallTime {
  const localMs = epochMs + segmentAt(zone, epochMs).offsetMs;
  const day = Math.floor(localMs / DAY_MS);
  return { day, timeOfDayMs: localMs - day * DAY_MS };
}

/**
 * The instant at which the wall clocks of a zone show a time, by the rule that Temporal calls "compatible" (RFC 5545, 3.3.5):
 * a time skipped by a clock change moves forward by the length of the gap; of a time that occurs twice, the first is taken. The
 * second is taken where the first lies before `notBeforeMs`.
 */
export function instantOfWallTime({ day, timeOfDayMs }: WallTime, zone: string, notBeforeMs = -Infinity): number {
  const localMs = day * DAY_MS + timeOfDayMs;
  const only = onlySegmentAround(localMs, localMs, zone);
  if (only !== null) return localMs - only.offsetMs;
  let latest: number | null = null;
  let beforeGap: OffsetSegment | null = null;
  for (const segment of segmentsAround(localMs, localMs, zone)) {
    const epochMs = localMs - segment.offsetMs;
    if (epochMs >= segment.fromMs && epochMs < segment.toMs) {
      if (epochMs >= notBeforeMs) return epochMs;
      latest = epochMs;
    }
    if (epochMs >= segment.toMs) beforeGap = segment;
  }
  if (latest !== null) return latest;
  assert(beforeGap !== null, 'a wall time exists or lies in a gap');
  return localMs - beforeGap.offsetMs;
}

/** Whether a date existed in the zone: Samoa went from 29 to 31 December 2011 when it crossed the date line. */
export function isDayPresent(day: LocalDay, zone: string): boolean {
  const startMs = day * DAY_MS;
  const endMs = startMs + DAY_MS;
  if (onlySegmentAround(startMs, endMs, zone) !== null) return true;
  for (const segment of segmentsAround(startMs, endMs, zone)) {
    if (Math.max(segment.fromMs, startMs - segment.offsetMs) < Math.min(segment.toMs, endMs - segment.offsetMs)) return true;
  }
  return false;
}

/** In order of time, every segment in which the wall clock may show something between two readings: no zone is a day away from UTC. */
function segmentsAround(fromLocalMs: number, toLocalMs: number, zone: string): readonly OffsetSegment[] {
  const segments: OffsetSegment[] = [];
  for (let epochMs = fromLocalMs - DAY_MS; epochMs <= toLocalMs + DAY_MS; epochMs = segments.at(-1)?.toMs ?? Infinity) {
    segments.push(segmentAt(zone, epochMs));
  }
  return segments;
}

/** The fast path, needed for every day of every search: the only segment around, or null where a clock change is near. */
function onlySegmentAround(fromLocalMs: number, toLocalMs: number, zone: string): OffsetSegment | null {
  const segment = segmentAt(zone, fromLocalMs - DAY_MS);
  return segment.toMs > toLocalMs + DAY_MS ? segment : null;
}
