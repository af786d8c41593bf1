import type { SmtpDouble } from './double.js';

/** Starts the double. The server's library is loaded only here, because most specs that import the testkit do not need it. */
export async function startSmtpDouble(): Promise<SmtpDouble> {
  const { ScriptedSmtpServer } = await import('./server.js');
  const double = new ScriptedSmtpServer();
  await double.start();
  return double;
}
