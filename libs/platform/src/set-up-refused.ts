import type { Rejection } from '@onedoor/kernel';

/** A city can't be set up as asked: what the streams hold already says otherwise. */
export class SetUpRefused extends Error {
  override readonly name = 'SetUpRefused';

  constructor(what: string, { code, detail }: Rejection) {
    super(`${what}: ${code}: ${detail}`);
  }
}
