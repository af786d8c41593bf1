/** Free text under its reference's key: opaque to everything but the vault. */
export interface Sealed {
  readonly sealed: string;
}
