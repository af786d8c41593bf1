import { isOutbox, type Outbox } from '@onedoor/engine';
import type { Config, Ports } from '@onedoor/platform';

/** The messages as residents get them, for everyone to see: in a demo without a mail server, and nowhere else. */
export const outboxOf = ({ mailer }: Ports, { ONEDOOR_DEMO }: Config): { readonly outbox?: Outbox } =>
  ONEDOOR_DEMO && isOutbox(mailer) ? { outbox: mailer } : {};
