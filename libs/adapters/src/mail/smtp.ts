import { Unavailable, type Delivery, type Mailer, type MailMessage } from '@onedoor/engine';
import { isMailAddress } from '@onedoor/kernel';
import { createTransport } from 'nodemailer';
import { resultWithin } from '../shared/waits.js';
import { compose } from './compose.js';
import { deliveryOf } from './smtp-answer.js';

export interface SmtpOptions {
  /**
   * `smtps://`, or `smtp://` with STARTTLS where the server offers it (`?requireTLS=true` where it must), with user and password
   * where it wants them.
   */
  readonly url: string;
  /** The sender's address. */
  readonly from: string;
  readonly limits?: Partial<SmtpLimits>;
}

export interface SmtpLimits {
  /** To connect, and again to receive the greeting. */
  readonly connectMs: number;
  /** Silence after which a connection counts as dead. */
  readonly silenceMs: number;
  /** For one message, all in all. */
  readonly messageMs: number;
}

export interface SmtpMailer extends Mailer {
  close(): Promise<void>;
}

const LIMITS: SmtpLimits = { connectMs: 10_000, silenceMs: 20_000, messageMs: 30_000 };
const CONNECTIONS = 5;

/** Hands messages to a mail server, over a few connections that are kept open. Connects when there is something to send. */
export function openSmtp({ url, from, limits }: SmtpOptions): SmtpMailer {
  const { connectMs, silenceMs, messageMs } = { ...LIMITS, ...limits };
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    logger: false,
  });
  // A failure of an idle connection: the next message meets it again and reports it.
  transport.on('error', () => undefined);

  return {
    async send(message: MailMessage): Promise<Delivery> {
      if (!isMailAddress(message.to)) return { outcome: 'refused', code: 'ADDRESS_INVALID' };
      const mail = compose(message, from);
      try {
        // A server that goes on talking without ever answering never trips the limit on silence.
        await resultWithin(transport.sendMail(mail), messageMs, () => new Unavailable('The mail server did not answer in time'));
        return { outcome: 'accepted' };
      } catch (error) {
        return deliveryOf(error);
      }
    },
    async close() {
      transport.close();
    },
  };
}
