import type { PROFILES } from '@onedoor/platform';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a command finds what is kept. */
export interface DataOptions {
  /** `embedded`: a data folder. `distributed`: the engines that the environment names. */
  readonly profile: (typeof PROFILES)[number];
  /** The data folder of the embedded profile. */
  readonly data: string;
  /** Names the engines of the distributed profile, as it does for the services. */
  readonly environment: Environment;
}
