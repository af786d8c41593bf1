import { statSync } from 'node:fs';
import type { Damage, FolderCopy } from '@onedoor/testkit';

/** A bit flipped in the log at a place by chance: in its file, or in its write-ahead log. Both numbers are from 0 to just below 1. */
export class FlippedBit implements Damage {
  readonly base: Damage['base'];
  readonly what: string;

  constructor(
    private readonly place: number,
    file: number,
  ) {
    this.base = file < 0.5 ? 'killed' : 'closed';
    this.what = `a bit flipped in ${this.base === 'killed' ? 'the write-ahead log' : 'the log'}, at ${place} of it`;
  }

  do(copy: FolderCopy): void {
    const path = this.base === 'killed' ? copy.writeAheadLog : copy.log;
    const at = Math.floor(statSync(path).size * this.place);
    copy.flip(path, () => at);
  }
}
