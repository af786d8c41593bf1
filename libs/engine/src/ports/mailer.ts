import type { Instant, Language } from '@onedoor/kernel';

/** Hands mail to whoever carries it to people. */
export interface Mailer {
  /**
   * Resolves once the message was taken over or turned away. Throws `Unavailable` when nobody could be asked: no connection, no answer
   * within the mailer's own time limits, or a server that takes nothing from anyone just now; its words hold no personal data. It may
   * then have been taken over all the same: sending it again repeats its Message-ID, by which a mail program knows it as one and the same.
   */
  send(message: MailMessage): Promise<Delivery>;
}

/** A plain-text message to one person. */
export interface MailMessage {
  /** The same for each attempt, and no other message's: letters, digits, dots and dashes. The Message-ID is made from it. */
  readonly id: string;
  /** One address. What is not one is refused, whatever it tries to add. */
  readonly to: string;
  /** One line. */
  readonly subject: string;
  /** Lines end in `\n`. */
  readonly text: string;
  readonly language: Language;
  readonly writtenAt: Instant;
}

/** What became of a message. A code is `ADDRESS_INVALID` or `SMTP_<reply code>`: never a word that the server said, for it may name the resident. */
export type Delivery =
  | { readonly outcome: 'accepted' }
  /** Not now, for a reason of this one message; another time may do. */
  | { readonly outcome: 'deferred'; readonly code: string }
  /** Never. */
  | { readonly outcome: 'refused'; readonly code: string };

/** A mailer that keeps what it was given instead of handing it on: for demonstrations and for whoever looks on. */
export interface Outbox extends Mailer {
  /** What was written last, newest first. */
  latest(limit: number): Promise<readonly MailMessage[]>;
  /** Null where there is none of this id. */
  read(id: string): Promise<MailMessage | null>;
}

export const isOutbox = (mailer: Mailer): mailer is Outbox => 'latest' in mailer;
