/** A dependency cannot answer now; trying again later may help. Whether a write happened is unknown. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
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
