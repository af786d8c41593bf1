import { hash } from 'node:crypto';
import { assert } from '@onedoor/kernel';

const DIGITS = 12;
const RANGE = 16 ** DIGITS;

/** A pseudo-random generator: under one seed it answers the same sequence each time, so what is made up by it can be made up again. */
export class SeededRandom {
  private drawn = 0;

  constructor(private readonly seed: string) {}

  /** From 0 to below 1. */
  next(): number {
    return Number.parseInt(hash('sha256', `${this.seed}\u0000${this.drawn++}`, 'hex').slice(0, DIGITS), 16) / RANGE;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    assert(item !== undefined, 'there is something to pick from');
    return item;
  }
}
