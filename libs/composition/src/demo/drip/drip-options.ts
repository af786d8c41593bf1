/** How the demo goes on by itself. */
export interface DripOptions {
  /** From one new case to the next. */
  readonly seconds: number;
  /** Whether who reports can be reached. They are nobody, so only an outbox is ever to write to them, and no mail server. */
  readonly withContacts: boolean;
}

/** Injection token. */
export const DRIP_OPTIONS = Symbol('demo.drip-options');
