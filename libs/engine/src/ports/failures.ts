/** A dependency cannot answer now; trying again later may help. Whether a write happened is unknown. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/**
 * A dependency answers and will not serve as it is set up: a certificate it does not accept, a wrong password, missing rights. Trying again
 * changes nothing until somebody mends the setting. The message names what to mend, and holds no secret.
 */
export class Misconfigured extends Error {
  override readonly name = 'Misconfigured';
}

/**
 * A stream lacks revisions that were written: truncated, deleted or ended on the server, by somebody else than OneDoor; or an event that
 * OneDoor did not write stands among its own. What is left of it must not be taken for the whole.
 */
export class DamagedStream extends Error {
  override readonly name = 'DamagedStream';

  /** `lacks` says which revisions, as in `revisions 0 to 4` or `all its events`. */
  constructor(
    readonly stream: string,
    readonly lacks: string,
  ) {
    super(`The stream ${stream} lacks ${lacks}: others truncated it, deleted it or wrote to it on the server`);
  }
}

/** A position of another incarnation of the store (it was restored or replaced): whatever was built up to it is void. */
export class VoidPosition extends Error {
  override readonly name = 'VoidPosition';
}

/** The personal data of this reference was erased. */
export class Erased extends Error {
  override readonly name = 'Erased';
}

/** A worker found that another one of its name moved the checkpoint. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}
