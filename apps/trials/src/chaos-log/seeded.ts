/** Chance that repeats itself: numbers from 0 to just below 1, the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  // Mulberry32: 32 bits of state, far more than a plan of faults asks for.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of these, or undefined where there is none. */
export const oneOf = <Item>(items: readonly Item[], chance: () => number): Item | undefined => items[Math.floor(chance() * items.length)];
