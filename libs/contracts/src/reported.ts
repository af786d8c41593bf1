import type { Cell } from '@onedoor/kernel';

/** What was reported, as it reaches the departments that work on it. Words and exact places that not everyone may know are sealed. */
export interface Reported {
  /** The neighbourhood, in clear at every visibility; null where no coordinates were given. */
  readonly cell: Cell | null;
  /** Of a public request; null of any other. */
  readonly details: ReportedDetails | null;
  /** The details of a request that is not public, as JSON under its reference's key. */
  readonly sealedDetails: Sealed | null;
  /** What the reporter wrote, under the reference's key. */
  readonly description: Sealed | null;
  /** To the questions of the service, in their order. */
  readonly answers: readonly ReportedAnswer[];
  /** Ids of photos that the city keeps. */
  readonly photos: readonly string[];
}

/** Where it is, and the picture that a reporter keeps of it. */
export interface ReportedDetails {
  readonly location: Location | null;
  readonly mediaUrl: string | null;
}

/** A place as a reporter gave it. */
export interface Location {
  /** WGS 84 degrees; both or none. */
  readonly lat: number | null;
  readonly long: number | null;
  readonly address: string | null;
  readonly addressId: string | null;
}

export interface ReportedAnswer {
  /** The question's code. */
  readonly question: string;
  readonly values: readonly string[];
}

/** Text under its reference's key: base64url of nonce, ciphertext and tag, opaque to everything but the vault. */
export interface Sealed {
  readonly sealed: string;
}
