import fc from 'fast-check';
import { cellOf, cellsAround, metersBetween, type Point } from './cell.js';

const BITS = '0123456789bcdefghjkmnpqrstuvwxyz';

describe('a cell', () => {
  // Computed with other software and found in the literature on geohashes.
  it.each([
    [{ lat: 57.64911, long: 10.40744 }, 'u4pruyd'],
    [{ lat: 42.6, long: -5.6 }, 'ezs42e4'],
    [{ lat: -25.382708, long: -49.265506 }, '6gkzwgj'],
    [{ lat: 0, long: 0 }, 's000000'],
    [{ lat: 90, long: 180 }, 'zzzzzzz'],
    [{ lat: -90, long: -180 }, '0000000'],
  ])('of %j is %s', (point, cell) => {
    expect(cellOf(point)).toBe(cell);
  });

  const point = fc.record({
    lat: fc.double({ min: -80, max: 80, noNaN: true }),
    long: fc.double({ min: -179.999, max: 179.999, noNaN: true }),
  });

  it('holds its point, and is no wider than 153 metres', () => {
    fc.assert(
      fc.property(point, (at) => {
        const { lat, long } = boundsOf(cellOf(at));
        // Adding half the world rounds the last bits away.
        const isWithin = (value: number, [from, to]: readonly [number, number]): boolean => value >= from - 1e-9 && value <= to + 1e-9;
        expect([isWithin(at.lat, lat), isWithin(at.long, long)]).toEqual([true, true]);
        expect(metersBetween({ lat: lat[0], long: long[0] }, { lat: lat[1], long: long[0] })).toBeLessThan(153);
        expect(metersBetween({ lat: lat[0], long: long[0] }, { lat: lat[0], long: long[1] })).toBeLessThan(153);
      }),
    );
  });

  it('of any point within a radius is among the cells around', () => {
    fc.assert(
      fc.property(
        point,
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (center, radius, angle, share) => {
          const degrees = (radius * share * 0.995) / 111_195;
          const east = (degrees * Math.cos(angle)) / Math.cos((center.lat * Math.PI) / 180);
          const long = ((((center.long + east + 180) % 360) + 360) % 360) - 180;
          const other = { lat: center.lat + degrees * Math.sin(angle), long };
          expect(cellsAround(center, radius, 2_000)).toContain(cellOf(other));
        },
      ),
    );
  });

  it('is one of few around a point, and of none where they would be too many', () => {
    const cells = cellsAround({ lat: 42.35, long: -71.06 }, 200, 100);
    expect(new Set(cells).size).toBe(cells?.length);
    expect(cells?.length).toBeLessThanOrEqual(30);
    expect(cellsAround({ lat: 42.35, long: -71.06 }, 5_000, 100)).toBeNull();
    expect(cellsAround({ lat: 89.9, long: 0 }, 500, 1_000)).toBeNull();
    for (const lat of [90, -90, 89.5]) expect(cellsAround({ lat, long: 0 }, 1, 1_000)).toBeNull();
  });
});

/** Decoded independently of the code under test: halve the world for each bit. */
function boundsOf(cell: string): { readonly lat: readonly [number, number]; readonly long: readonly [number, number] } {
  const lat: [number, number] = [-90, 90];
  const long: [number, number] = [-180, 180];
  [...cell]
    .flatMap((character) => [...BITS.indexOf(character).toString(2).padStart(5, '0')])
    .forEach((bit, index) => {
      const axis = index % 2 === 0 ? long : lat;
      axis[bit === '1' ? 0 : 1] = (axis[0] + axis[1]) / 2;
    });
  return { lat, long };
}

it('distances are those of a sphere', () => {
  const boston: Point = { lat: 42.3601, long: -71.0589 };
  expect(metersBetween(boston, { lat: 42.3701, long: -71.0589 })).toBeCloseTo(1_111.95, 0);
  expect(metersBetween(boston, { lat: 42.3601, long: -71.0489 })).toBeCloseTo(821.7, 0);
  expect(metersBetween({ lat: 0, long: 179.999 }, { lat: 0, long: -179.999 })).toBeCloseTo(222.4, 0);
});
