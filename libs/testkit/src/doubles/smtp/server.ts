import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SmtpDouble, SmtpScript, SmtpStep } from './double.js';

type Reply = (error?: Error | null) => void;

/** The double itself: the script decides the reply to every step of a session. */
export class ScriptedSmtpServer implements SmtpDouble {
  readonly received: string[] = [];
  connections = 0;
  script: SmtpScript = () => null;
  #server: SMTPServer | null = null;
  #port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 1,
      disableReverseLookup: true,
      onConnect: (_session, reply) => {
        this.connections += 1;
        void this.#answer('connect', reply);
      },
      onMailFrom: (_address, _session, reply) => void this.#answer('mail-from', reply),
      onRcptTo: (_address, _session, reply) => void this.#answer('rcpt-to', reply),
      onData: (stream, _session, reply) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const raw = Buffer.concat(chunks).toString('latin1');
          void this.#answer('data', (error) => {
            if (!error) this.received.push(raw);
            reply(error);
          });
        });
      },
    });
    // Some tests disconnect a client in the middle of a session.
    server.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  async #answer(step: SmtpStep, reply: Reply): Promise<void> {
    const answer = await this.script(step);
    if (answer === 'silence') return;
    if (answer === null) return reply();
    reply(Object.assign(new Error('As the script says, resident@example.org'), { responseCode: answer }));
  }
}
