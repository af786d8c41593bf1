import type { Checkpoints } from '@onedoor/engine';

/**
 * How many windows of one file were lived through to their end, so that an import which goes on need not look at all of them
 * again. It stands with the views: whoever deletes those only makes the next run slower, for every command knows by itself
 * whether it was done.
 */
export class ImportProgress {
  private done: number | null = null;

  /** `fingerprint` names the file together with its agreements and city: another one of them begins anew. */
  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly fingerprint: string,
  ) {}

  async windowsDone(): Promise<number> {
    this.done = Number((await this.checkpoints.load(this.name)) ?? 0);
    return this.done;
  }

  async finished(windows: number): Promise<void> {
    await this.checkpoints.advance(this.name, this.done ? String(this.done) : null, String(windows));
    this.done = windows;
  }

  private get name(): string {
    return `import:${this.fingerprint}`;
  }
}
