import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailMessage } from '@onedoor/engine';
import { mailerContract, startSmtpDouble, type ReceivedMail } from '@onedoor/testkit';
import { createTransport } from 'nodemailer';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { MemoryOutbox } from '../memory/outbox.js';
import { compose } from './compose.js';
import { readEml } from './eml.js';
import { openOutbox } from './outbox.js';
import { openSmtp } from './smtp.js';

function decoded(raw: string): ReceivedMail {
  const messageId = /^Message-ID: <(?<id>[^@>]+)@city\.example>$/m.exec(raw.replaceAll('\r\n', '\n'))?.groups?.['id'] ?? '';
  const { to, subject, text } = readEml(messageId, raw);
  return { messageId, to, subject, text, raw };
}

mailerContract('the outbox', async () => {
  const { folder, remove } = temporaryFolder();
  const outbox = join(folder, 'outbox');
  return {
    mailer: openOutbox(outbox),
    received: async () =>
      (existsSync(outbox) ? readdirSync(outbox) : []).map((name) => decoded(readFileSync(join(outbox, name), 'latin1'))),
    close: async () => remove(),
  };
});

// The memory outbox sends nothing: the message that a mail program would show is composed as for the others.
mailerContract('memory', async () => {
  const outbox = new MemoryOutbox();
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const raw = async (message: MailMessage): Promise<string> =>
    ((await writer.sendMail(compose(message, '311@city.example'))).message as Buffer).toString('latin1');
  return {
    mailer: outbox,
    received: async () => Promise.all((await outbox.latest(100)).map(async (message) => decoded(await raw(message)))),
    close: async () => undefined,
  };
});

mailerContract('SMTP', async () => {
  const server = await startSmtpDouble();
  const mailer = openSmtp({ url: server.url, from: '311@city.example' });
  return {
    mailer,
    received: async () => server.received.map(decoded),
    async close() {
      await mailer.close();
      await server.stop();
    },
  };
});
