interface Waiting {
  readonly client: string | null;
  readonly afterMs: number;
  readonly resolve: (atMs: number) => void;
}

/** Tells those that wait for it when the next append was acknowledged. */
export class Pulse {
  private readonly waiting = new Set<Waiting>();

  /** An append of this client was acknowledged just now. */
  beat(client: string): void {
    const atMs = performance.now();
    for (const each of this.waiting) {
      if (atMs <= each.afterMs || (each.client !== null && each.client !== client)) continue;
      this.waiting.delete(each);
      each.resolve(atMs);
    }
  }

  /** When the next append after an instant was acknowledged, of one client or of any. Rejects where there is none for so long. */
  nextAfter(afterMs: number, withinMs: number, client: string | null = null): Promise<number> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error(`No append of ${client ?? 'any client'} was acknowledged for ${withinMs} ms`));
      const timer = setTimeout(giveUp, withinMs);
      const whenBeaten = (atMs: number): void => {
        clearTimeout(timer);
        resolve(atMs);
      };
      this.waiting.add({ client, afterMs, resolve: whenBeaten });
    });
  }
}
