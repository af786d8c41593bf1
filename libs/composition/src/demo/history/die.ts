import { hash } from 'node:crypto';
import { assert } from '@onedoor/kernel';

const DIGITS = 12;
const FACES = 16 ** DIGITS;

/** A die that falls the same way each time it is thrown under the same name: what is made up by it can be made up again. */
export class Die {
  private throws = 0;

  constructor(private readonly name: string) {}

  /** From 0 to below 1. */
  next(): number {
    return Number.parseInt(hash('sha256', `${this.name}\u0000${this.throws++}`, 'hex').slice(0, DIGITS), 16) / FACES;
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
