/** A dependency cannot answer now; trying again later may help. Whether a write happened is unknown. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/**
 * A dependency answers but rejects the way it is set up: a certificate it does not accept, a wrong password, missing rights. Retries
 * do not help until an operator corrects the setting. The message names what to correct, and holds no secret.
 */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured';
}

/**
 * A stream lacks revisions that were written, because it was truncated, deleted or ended on the server from outside OneDoor; or it
 * holds an event that OneDoor did not write, or not so. What is left of it must not be treated as complete.
 */
export class DamagedStream extends Error {
  override readonly name = 'DamagedStream';

  /** `lacks` says which revisions, as in `revisions 0 to 4` or `all its events`. */
  constructor(
    readonly stream: string,
    readonly lacks: string,
    cause = 'others truncated it, deleted it or wrote to it',
  ) {
    super(`The stream ${stream} lacks ${lacks}: ${cause}`);
  }
}

/** A position of another incarnation of the store (it was restored or replaced): what was built up to it is void. */
export class VoidPosition extends Error {
  override readonly name = 'VoidPosition';
}

/** The personal data of this reference was erased. */
export class Erased extends Error {
  override readonly name = 'Erased';
}

/** Another worker of the same name moved the checkpoint, or a later rebuild began: this one must stop. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

/**
 * What is kept is not what was written, or lacks what was acknowledged: a disk failed, or others changed the files. Nothing is served from
 * it. The message says what was found and what to do, and holds no personal data.
 */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';

  constructor(
    readonly findings: readonly string[],
    readonly remedy: string,
  ) {
    super(`${findings.join('; ')}. ${remedy}`);
  }
}
