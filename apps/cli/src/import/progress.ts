import type { Checkpoints } from '@onedoor/engine';
import { isInstant, type Instant } from '@onedoor/kernel';

/**
 * The instant of the first run of one import, and the number of its finished windows, so that a repeated run keeps the one and skips the
 * others. It is a checkpoint beside the views: where those are deleted the next run is only slower, because what is there is found in the
 * log, and it goes by its own instant.
 */
export class ImportProgress {
  private constructor(
    private readonly checkpoints: Checkpoints,
    private readonly name: string,
    readonly until: Instant,
    private done: number,
    private kept: string | null,
  ) {}

  /** `fingerprint` identifies the records, the agreements and the mapping: where one differs it is another import. Changes nothing. */
  static async load(checkpoints: Checkpoints, fingerprint: string, now: Instant): Promise<ImportProgress> {
    const name = `import:${fingerprint}`;
    const kept = await checkpoints.load(name);
    const [until = '', windows] = (kept ?? '').split('/');
    return isInstant(until)
      ? new ImportProgress(checkpoints, name, until, Number(windows), kept)
      : new ImportProgress(checkpoints, name, now, 0, kept);
  }

  get windowsDone(): number {
    return this.done;
  }

  /** Keeps the instant, before anything is recorded by it. */
  begin(): Promise<void> {
    return this.kept === this.text(this.done) ? Promise.resolve() : this.keep(this.done);
  }

  finished(windows: number): Promise<void> {
    return this.keep(windows);
  }

  private async keep(windows: number): Promise<void> {
    await this.checkpoints.advance(this.name, this.kept, this.text(windows));
    this.done = windows;
    this.kept = this.text(windows);
  }

  private text(windows: number): string {
    return `${this.until}/${windows}`;
  }
}
