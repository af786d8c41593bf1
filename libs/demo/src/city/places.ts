import type { Location } from '@onedoor/contracts';
import type { SeededRandom } from '../history/seeded-random.js';

interface District {
  readonly name: string;
  readonly streets: readonly string[];
  /** Its south-western corner, in degrees (WGS 84). */
  readonly lat: number;
  readonly long: number;
}

/** In the open sea, so that no place of a made-up city is a real address. */
const SOUTH_WEST = { lat: 40.02, long: -71.62 };
const DISTRICT_DEGREES = 0.02;
const HOUSE_NUMBERS = 240;

const district = (name: string, row: number, column: number, ...streets: readonly string[]): District => ({
  name,
  streets,
  lat: SOUTH_WEST.lat + row * DISTRICT_DEGREES,
  long: SOUTH_WEST.long + column * DISTRICT_DEGREES,
});

/** Riverbend's six districts, three on each bank. */
export const DISTRICTS: readonly District[] = [
  district('Old Ferry', 0, 0, 'Ferry Lane', 'Ropewalk', 'Quay Street', 'Lantern Row'),
  district('Millrace', 0, 1, 'Millrace Road', 'Weir Street', 'Miller Court', 'Sluice Alley'),
  district('Heron Flats', 0, 2, 'Heron Avenue', 'Reed Street', 'Sandbar Drive', 'Willow Path'),
  district('Upper Orchard', 1, 0, 'Orchard Street', 'Quince Lane', 'Cider Hill', 'Ladder Street'),
  district('Foundry Hill', 1, 1, 'Foundry Street', 'Anvil Road', 'Kiln Lane', 'Bellows Court'),
  district('Long Meadow', 1, 2, 'Meadow Road', 'Clover Street', 'Hayfield Avenue', 'Skylark Close'),
];

/** An address somewhere in Riverbend, with its position. */
export function placeBy(random: SeededRandom): Location {
  const { name, streets, lat, long } = random.pick(DISTRICTS);
  const address = `${1 + random.below(HOUSE_NUMBERS)} ${random.pick(streets)}, ${name}`;
  return {
    lat: degrees(lat + random.next() * DISTRICT_DEGREES),
    long: degrees(long + random.next() * DISTRICT_DEGREES),
    address,
    addressId: null,
  };
}

/** To about a tenth of a metre. */
const degrees = (value: number): number => Number(value.toFixed(6));
