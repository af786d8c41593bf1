import type { Checkpoints, Position } from '@onedoor/engine';

export class MemoryCheckpoints implements Checkpoints {
  readonly #positions = new Map<string, Position>();

  async load(name: string): Promise<Position | null> {
    return this.#positions.get(name) ?? null;
  }

  async advance(name: string, from: Position | null, to: Position | null): Promise<boolean> {
    if ((this.#positions.get(name) ?? null) !== from) return false;
    if (to === null) this.#positions.delete(name);
    else this.#positions.set(name, to);
    return true;
  }
}
