import type { Language } from '@onedoor/contracts';
import type { Instant } from '@onedoor/kernel';

/** Hands mail to a mail server, or keeps it. */
export interface Mailer {
  /**
   * Resolves once the message was accepted or rejected. Throws `Unavailable` when the server cannot be asked: no connection, no answer
   * within the mailer's own time limits, or a server that accepts no mail at the moment; the error holds no personal data. The message
   * may have been accepted all the same: sending it again repeats its Message-ID, by which mail programs recognise duplicates.
   */
  send(message: MailMessage): Promise<Delivery>;
}

/** A plain-text message to one person. */
export interface MailMessage {
  /** The same for each attempt, and no other message's: letters, digits, dots and dashes. The Message-ID is made from it. */
  readonly id: string;
  /** One address. Any other text is refused, so that it cannot add headers or recipients. */
  readonly to: string;
  /** One line. */
  readonly subject: string;
  /** Lines end in `\n`. */
  readonly text: string;
  readonly language: Language;
  readonly writtenAt: Instant;
}

/**
 * The result for one message. A code is `ADDRESS_INVALID` or `SMTP_<reply code>`, never the server's text, which may name the
 * resident.
 */
export type Delivery =
  | { readonly outcome: 'accepted' }
  /** Not now, for a reason of this message; a later attempt may succeed. */
  | { readonly outcome: 'deferred'; readonly code: string }
  /** Never. */
  | { readonly outcome: 'refused'; readonly code: string };

/** A mailer that stores messages instead of sending them: for demonstrations and for reading them in the browser. */
export interface Outbox extends Mailer {
  /** The last messages, newest first. */
  latest(limit: number): Promise<readonly MailMessage[]>;
  /** Null where no message has this id. */
  read(id: string): Promise<MailMessage | null>;
}

export const isOutbox = (mailer: Mailer): mailer is Outbox => 'latest' in mailer;
