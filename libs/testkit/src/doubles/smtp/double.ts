/** A local mail server whose replies a test scripts. */
export interface SmtpDouble {
  /** `smtp://127.0.0.1:<port>`; the port stays the same after a restart. */
  readonly url: string;
  /** The accepted messages in raw form, oldest first. */
  readonly received: readonly string[];
  /** The number of connections so far. */
  readonly connections: number;
  /** Decides every reply; null accepts. */
  script: SmtpScript;
  /** Closes the port. */
  stop(): Promise<void>;
  /** Listens again. */
  start(): Promise<void>;
}

export type SmtpScript = (step: SmtpStep) => SmtpAnswer | Promise<SmtpAnswer>;

/** The step of an SMTP session that is answered: a new connection, a sender, a recipient, or the data of a message. */
export type SmtpStep = 'connect' | 'mail-from' | 'rcpt-to' | 'data';

/** Null: accepted. A number: refused with this reply code. `silence`: never answered. */
export type SmtpAnswer = number | 'silence' | null;
