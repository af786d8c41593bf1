/**
 * A square of about 150 m, as a geohash of seven characters (152 m from south to north; from west to east 153 m at the equator, 113 m at
 * 42 degrees). It names a neighbourhood, never a door, and neighbours can be found by it in an index.
 */
export type Cell = string;

/** WGS 84 degrees. */
export interface Point {
  readonly lat: number;
  readonly long: number;
}

const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';
const CHARACTERS = 7;
/** Bits of the two axes take turns, longitude first: of 35, it has 18. */
const LONG_BITS = 18;
const LAT_BITS = 17;
const LONG_CELLS = 2 ** LONG_BITS;
const LAT_CELLS = 2 ** LAT_BITS;

export const cellOf = (point: Point): Cell => encode(rowOf(point.lat), columnOf(point.long));

/** A degree of latitude, and of longitude at the equator, on a sphere of the earth's mean radius. */
const METERS_A_DEGREE = 111_195;

/** Distance over the ground, in metres, good to half a percent at the distances within a city. */
export function metersBetween(one: Point, other: Point): number {
  const north = other.lat - one.lat;
  const east = wrapped(other.long - one.long) * Math.cos((((one.lat + other.lat) / 2) * Math.PI) / 180);
  return Math.hypot(north, east) * METERS_A_DEGREE;
}

/**
 * All cells that a circle around a point touches, and a few at its corners; null where they would be more than `most`, and within a degree
 * of a pole, where the degrees of longitude shrink to nothing.
 */
export function cellsAround({ lat, long }: Point, meters: number, most: number): readonly Cell[] | null {
  const north = meters / METERS_A_DEGREE;
  if (Math.abs(lat) + north > 89) return null;
  const east = Math.min(180, north / Math.cos(((Math.abs(lat) + north) * Math.PI) / 180));
  const [firstRow, lastRow] = [rowOf(lat - north), rowOf(lat + north)];
  const firstColumn = Math.floor(((long - east + 180) / 360) * LONG_CELLS);
  const columns = Math.floor(((long + east + 180) / 360) * LONG_CELLS) - firstColumn + 1;
  const rows = lastRow - firstRow + 1;
  if (rows * columns > most) return null;
  return Array.from({ length: rows * columns }, (_, index) =>
    encode(firstRow + Math.floor(index / columns), (((firstColumn + (index % columns)) % LONG_CELLS) + LONG_CELLS) % LONG_CELLS),
  );
}

/** The pole belongs to the last row. */
const rowOf = (lat: number): number => Math.min(LAT_CELLS - 1, Math.max(0, Math.floor(((lat + 90) / 180) * LAT_CELLS)));
const columnOf = (long: number): number => Math.min(LONG_CELLS - 1, Math.max(0, Math.floor(((long + 180) / 360) * LONG_CELLS)));
const wrapped = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;

function encode(row: number, column: number): Cell {
  let text = '';
  for (let index = 0; index < CHARACTERS; index++) {
    let character = 0;
    for (let bit = index * 5; bit < index * 5 + 5; bit++) {
      const isLong = bit % 2 === 0;
      const place = Math.floor(bit / 2);
      const value = isLong ? (column >> (LONG_BITS - 1 - place)) & 1 : (row >> (LAT_BITS - 1 - place)) & 1;
      character = character * 2 + value;
    }
    text += ALPHABET.charAt(character);
  }
  return text;
}
