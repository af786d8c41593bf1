import { assert } from '@onedoor/kernel';

/** Items kept at most, and the characters of their written form: whichever is reached first lets the oldest go. */
const ITEMS_MAX = 32_768;
const CHARACTERS_MAX = 64 * 1024 * 1024;

/**
 * The last items of a log, as objects, by their places. Places are numbers without gaps, so an item is found by subtraction.
 * Whoever follows the tail reads here: no database, no JSON.
 */
export class TailRing<Item> {
  readonly #items: (Item | undefined)[] = new Array<Item | undefined>(ITEMS_MAX);
  readonly #sizes = new Float64Array(ITEMS_MAX);
  #first: number;
  #next: number;
  #characters = 0;

  constructor(tail: number) {
    this.#first = tail + 1;
    this.#next = tail + 1;
  }

  push(place: number, item: Item, characters: number): void {
    assert(place === this.#next, 'places have no gaps');
    if (this.#next - this.#first === ITEMS_MAX) this.#dropFirst();
    this.#items[place % ITEMS_MAX] = item;
    this.#sizes[place % ITEMS_MAX] = characters;
    this.#characters += characters;
    this.#next++;
    while (this.#characters > CHARACTERS_MAX && this.#first < place) this.#dropFirst();
  }

  has(place: number): boolean {
    return place >= this.#first && place < this.#next;
  }

  at(place: number): Item {
    const item = this.#items[place % ITEMS_MAX];
    assert(this.has(place) && item !== undefined, 'only places of the ring are asked for');
    return item;
  }

  #dropFirst(): void {
    this.#characters -= this.#sizes[this.#first % ITEMS_MAX] ?? 0;
    this.#items[this.#first % ITEMS_MAX] = undefined;
    this.#first++;
  }
}
