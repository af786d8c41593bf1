import { join } from 'node:path';
import type { Mailer } from '@onedoor/engine';
import { openOutbox } from './outbox.js';
import { openSmtp } from './smtp.js';

export interface MailerOptions {
  /** Address of the mail server; empty: messages stay in the folder `outbox` of the data folder. */
  readonly url: string;
  readonly from: string;
  readonly folder: string;
}

export interface OpenMailer {
  readonly mailer: Mailer;
  close(): Promise<void>;
}

/** The mail server where there is one, the outbox otherwise. */
export function openMailer({ url, from, folder }: MailerOptions): OpenMailer {
  if (url === '') return { mailer: openOutbox(join(folder, 'outbox'), from), close: async () => undefined };
  const smtp = openSmtp({ url, from });
  return { mailer: smtp, close: () => smtp.close() };
}
