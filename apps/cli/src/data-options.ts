import type { PROFILES } from '@onedoor/platform';

/** Where a command finds what is kept. */
export interface DataOptions {
  /** `embedded`: a data folder. `distributed`: the engines that the environment names. */
  readonly profile: (typeof PROFILES)[number];
  /** The data folder of the embedded profile. */
  readonly data: string;
}
