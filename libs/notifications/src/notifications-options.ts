import type { PublicEvent } from '@onedoor/contracts';
import type { Outbox } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import type { CityVoice } from './message/facts.js';

export interface NotificationsOptions {
  /**
   * As whom, and in whose time zone, residents are written to. The catalog that knows it belongs to another context, so whoever
   * puts the contexts together says how it is asked; it is asked for each message.
   */
  readonly city: () => Promise<CityVoice>;
  /** Shown to everyone at `/outbox`, addresses and all: for demonstrations only. */
  readonly outbox?: Outbox;
  /** When a reaction counts as written: now, unless an import runs on its own clock. */
  readonly recordedAt?: (event: PublicEvent) => Instant;
}

/** Injection token. */
export const NOTIFICATIONS_OPTIONS = Symbol('notifications.options');
