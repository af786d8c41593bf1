interface Waiter {
  readonly client: string | null;
  readonly afterMs: number;
  readonly resolve: (atMs: number) => void;
}

/** Lets callers wait for the next acknowledged append. */
export class AppendNotifier {
  private readonly waiters = new Set<Waiter>();

  /** Reports that an append of this client was acknowledged now. */
  notify(client: string): void {
    const atMs = performance.now();
    for (const each of this.waiters) {
      if (atMs <= each.afterMs || (each.client !== null && each.client !== client)) continue;
      this.waiters.delete(each);
      each.resolve(atMs);
    }
  }

  /** When the next append after `afterMs` was acknowledged, of one client or of any. Rejects after `withinMs` without one. */
  nextAfter(afterMs: number, withinMs: number, client: string | null = null): Promise<number> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => reject(new Error(`No append of ${client ?? 'any client'} was acknowledged for ${withinMs} ms`));
      const timer = setTimeout(giveUp, withinMs);
      const onAppend = (atMs: number): void => {
        clearTimeout(timer);
        resolve(atMs);
      };
      this.waiters.add({ client, afterMs, resolve: onAppend });
    });
  }
}
