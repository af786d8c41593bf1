import { Unavailable, type MailMessage } from '@onedoor/engine';
import { startSmtpDouble, type SmtpAnswer, type SmtpDouble, type SmtpStep } from '@onedoor/testkit';
import { openSmtp, type SmtpMailer } from './smtp.js';

const message: MailMessage = {
  id: '9AN03NQK8NE.1',
  to: 'resident@example.org',
  subject: 'We received your request',
  text: 'Hello\n',
  language: 'en',
  writtenAt: '2026-03-02T14:00:00.000Z',
};

/** For tests that wait for a limit. All other tests use the usual limits, for the machine may be busy. */
const HASTY = { connectMs: 200, silenceMs: 200, messageMs: 1_000 };

let server: SmtpDouble;
let mailer: SmtpMailer;

beforeEach(async () => {
  server = await startSmtpDouble();
  mailer = openSmtp({ url: server.url, from: '311@city.example' });
});

afterEach(async () => {
  await mailer.close();
  await server.stop();
});

const at = (step: SmtpStep, answer: SmtpAnswer) => (each: SmtpStep) => (each === step ? answer : null);

describe('what a mail server says of one message', () => {
  it.each([
    ['rcpt-to', 450, 'deferred'],
    ['rcpt-to', 451, 'deferred'],
    ['data', 451, 'deferred'],
    ['rcpt-to', 550, 'refused'],
    ['rcpt-to', 553, 'refused'],
    ['data', 554, 'refused'],
  ] as const)('at %s with %i: it is %s', async (step, code, outcome) => {
    server.script = at(step, code);
    expect(await mailer.send(message)).toEqual({ outcome, code: `SMTP_${code}` });
    server.script = () => null;
    expect(await mailer.send(message)).toEqual({ outcome: 'accepted' });
  });
});

describe('a mail server that refuses every client', () => {
  it.each([
    ['connect', 421],
    ['connect', 554],
    ['mail-from', 451],
    ['mail-from', 530],
    ['rcpt-to', 421],
    ['data', 452],
  ] as const)('is unavailable: at %s with %i', async (step, code) => {
    server.script = at(step, code);
    const sending = mailer.send(message);
    await expect(sending).rejects.toThrow(Unavailable);
    await expect(sending).rejects.toThrow(String(code));
  });

  it.each(['connect', 'mail-from', 'rcpt-to', 'data'] as const)('is unavailable when it falls silent: at %s', async (step) => {
    server.script = at(step, 'silence');
    const hasty = openSmtp({ url: server.url, from: '311@city.example', limits: HASTY });
    await expect(hasty.send(message)).rejects.toThrow(Unavailable);
    await hasty.close();
  });

  it('is unavailable while it is down, and is found again', async () => {
    await mailer.send(message);
    await server.stop();
    await expect(mailer.send(message)).rejects.toThrow(Unavailable);
    await server.start();
    expect(await mailer.send(message)).toEqual({ outcome: 'accepted' });
    expect(server.received).toHaveLength(2);
  });

  it('is unavailable when its name is unknown', async () => {
    const lost = openSmtp({ url: 'smtp://mail.invalid:25', from: '311@city.example' });
    await expect(lost.send(message)).rejects.toThrow(Unavailable);
    await lost.close();
  });

  it.each([
    ['smtps to a server without TLS', (url: string) => url.replace('smtp:', 'smtps:')],
    ['required STARTTLS that it does not offer', (url: string) => `${url}?requireTLS=true`],
  ])('is unavailable with %s', async (_name, urlOf) => {
    const strict = openSmtp({ url: urlOf(server.url), from: '311@city.example', limits: HASTY });
    await expect(strict.send(message)).rejects.toThrow(Unavailable);
    expect(server.received).toEqual([]);
    await strict.close();
  });

  it('is never quoted: what it says may name the resident', async () => {
    server.script = at('mail-from', 451);
    await expect(mailer.send(message)).rejects.toThrow(/^[^@]*$/);
  });
});

describe('connections', () => {
  it('are few, and kept open', async () => {
    for (let time = 0; time < 3; time++) await Promise.all(Array.from({ length: 20 }, () => mailer.send(message)));
    expect(server.received).toHaveLength(60);
    expect(server.connections).toBeLessThanOrEqual(5);
  });
});
