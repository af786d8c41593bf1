import { isOutbox } from '@onedoor/engine';
import type { Config, Ports } from '@onedoor/platform';
import type { ContextsOptions } from './contexts-of.js';

/** What the settings of a server's process say to its contexts. */
export const optionsIn = (
  { ONEDOOR_DEMO, ONEDOOR_SESSION_KEY, ONEDOOR_OPEN311_KEYS }: Config,
  { mailer }: Pick<Ports, 'mailer'>,
): ContextsOptions => ({
  sessionKey: ONEDOOR_SESSION_KEY,
  open311Keys: ONEDOOR_OPEN311_KEYS,
  // The messages as residents get them, for everyone to see: in a demo without a mail server, and nowhere else.
  ...(ONEDOOR_DEMO && isOutbox(mailer) && { outbox: mailer }),
});
