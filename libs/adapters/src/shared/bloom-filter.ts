/** Bits and probes for each name: a false-positive rate of about one in four hundred. */
const BITS_PER_NAME = 16;
const PROBES = 4;

/**
 * A Bloom filter over names: says for certain that a name was never added, or that it may have been. Look-ups of absent
 * names are frequent, and this answers them without reading the disk.
 */
export class BloomFilter {
  private readonly bits: Uint32Array;
  private readonly size: number;
  private count = 0;

  constructor(private readonly capacity: number) {
    this.size = Math.max(1_024, 2 ** Math.ceil(Math.log2(capacity * BITS_PER_NAME)));
    this.bits = new Uint32Array(this.size / 32);
  }

  /** Beyond its capacity false positives become more frequent; false negatives never occur. */
  get isFull(): boolean {
    return this.count >= this.capacity;
  }

  add(name: string): void {
    this.count += 1;
    this.probe(name, (cell, bit) => {
      this.bits[cell] = (this.bits[cell] ?? 0) | bit;
      return true;
    });
  }

  mayHold(name: string): boolean {
    return this.probe(name, (cell, bit) => ((this.bits[cell] ?? 0) & bit) !== 0);
  }

  /** Visits the name's bits until one answers false. Two FNV-1a hashes are combined into as many as are needed. */
  private probe(name: string, visit: (cell: number, bit: number) => boolean): boolean {
    let one = 0x811c9dc5;
    let other = 0x01000193;
    for (let index = 0; index < name.length; index++) {
      const code = name.charCodeAt(index);
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ code, 0x5bd1e995) ^ (other >>> 15);
    }
    for (let probe = 0; probe < PROBES; probe++) {
      const place = ((one + Math.imul(probe, other | 1)) >>> 0) & (this.size - 1);
      if (!visit(place >>> 5, 1 << (place & 31))) return false;
    }
    return true;
  }
}
