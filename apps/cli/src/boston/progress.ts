import type { Checkpoints } from '@onedoor/engine';

/**
 * The number of finished windows of one file, so that a resumed import skips them. It is a checkpoint beside the views: where those are
 * deleted the next run is only slower, because repeated commands are recognized by their ids.
 */
export class ImportProgress {
  private done: number | null = null;

  /** `fingerprint` identifies the file, its agreements and the city file; where it differs the count starts at 0. */
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
