/** A mail server on this machine that says what a test wants it to. */
export interface SmtpDouble {
  /** `smtp://127.0.0.1:<port>`, the same after it was stopped and started again. */
  readonly url: string;
  /** The messages it took over, raw as they came, oldest first. */
  readonly received: readonly string[];
  /** How many connections were ever made to it. */
  readonly connections: number;
  /** What it answers; all is well where it says nothing. */
  script: SmtpScript;
  /** From now on nobody answers at its address. */
  stop(): Promise<void>;
  /** Listens again. */
  start(): Promise<void>;
}

export type SmtpScript = (step: SmtpStep) => SmtpAnswer | Promise<SmtpAnswer>;

/** Where in a conversation it is: a new connection, a sender, a recipient, or a whole text. */
export type SmtpStep = 'connect' | 'mail-from' | 'rcpt-to' | 'data';

/** Null: all is well. A number: a refusal with this reply code. `silence`: it never answers. */
export type SmtpAnswer = number | 'silence' | null;
