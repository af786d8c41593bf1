import { assert } from '@onedoor/kernel';

/** Characters of all items in their written form: beyond them the oldest is evicted, as beyond the number of items. */
const CHARACTERS_MAX = 64 * 1024 * 1024;

/**
 * The last items of a log, as objects, by their places. Places are numbers without gaps, so an item is found by its remainder.
 * Followers near the tail read here, without a query or parsing.
 */
export class RingBuffer<Item> {
  readonly #items: (Item | undefined)[];
  readonly #sizes: Float64Array;
  #first: number;
  #next: number;
  #characters = 0;

  constructor(
    tail: number,
    private readonly itemsMax: number,
  ) {
    this.#items = new Array<Item | undefined>(itemsMax);
    this.#sizes = new Float64Array(itemsMax);
    this.#first = tail + 1;
    this.#next = tail + 1;
  }

  push(place: number, item: Item, characters: number): void {
    assert(place === this.#next, 'places have no gaps');
    if (this.#next - this.#first === this.itemsMax) this.#evictFirst();
    this.#items[place % this.itemsMax] = item;
    this.#sizes[place % this.itemsMax] = characters;
    this.#characters += characters;
    this.#next++;
    while (this.#characters > CHARACTERS_MAX && this.#first < place) this.#evictFirst();
  }

  has(place: number): boolean {
    return place >= this.#first && place < this.#next;
  }

  at(place: number): Item {
    const item = this.#items[place % this.itemsMax];
    assert(this.has(place) && item !== undefined, 'only places in the buffer are asked for');
    return item;
  }

  #evictFirst(): void {
    this.#characters -= this.#sizes[this.#first % this.itemsMax] ?? 0;
    this.#items[this.#first % this.itemsMax] = undefined;
    this.#first++;
  }
}
