export interface HomeOptions {
  readonly isDemo: boolean;
}

/** Injection token. */
export const HOME_OPTIONS = Symbol('home.options');
