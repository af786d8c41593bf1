export interface HomeOptions {
  readonly isDemo: boolean;
  /** Whether the messages to residents are shown. */
  readonly hasOutbox: boolean;
  /** The Open311 key that the examples post with. */
  readonly apiKey: string;
}

/** Injection token. */
export const HOME_OPTIONS = Symbol('home.options');
