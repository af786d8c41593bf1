import { Unavailable, type Delivery } from '@onedoor/engine';

/** What nodemailer adds to its errors. */
interface SmtpError {
  readonly code?: string;
  /** The server's reply code, where it gave one. */
  readonly responseCode?: number;
  /** What it was the reply to. */
  readonly command?: string;
}

/** Replies about the server itself, which it gives to every client: it closes, or has no room (RFC 5321, 4.2.2). */
const ABOUT_THE_SERVER = [421, 452, 454];

/**
 * What a failed attempt means. Only replies to the recipient or the text are about the message; earlier replies, about the client or
 * the server, are the same for every message: for those it throws `Unavailable`.
 */
export function deliveryOf(error: unknown): Delivery {
  if (error instanceof Unavailable) throw error;
  const { code, responseCode, command } = error as SmtpError;
  const isAboutMessage = responseCode !== undefined && isMessageCommand(command) && !ABOUT_THE_SERVER.includes(responseCode);
  if (!isAboutMessage)
    throw new Unavailable(`The mail server can't be used: ${[code, responseCode, command].filter((part) => part !== undefined).join(' ')}`);
  return { outcome: responseCode >= 500 ? 'refused' : 'deferred', code: `SMTP_${responseCode}` };
}

const isMessageCommand = (command: string | undefined): boolean => command === 'RCPT TO' || command === 'DATA';
