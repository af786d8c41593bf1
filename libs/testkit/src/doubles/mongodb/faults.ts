import type { Document } from './document.js';

/** An error by MongoDB's code and its name. */
export interface Refusal {
  readonly code: number;
  readonly codeName: string;
}

const NOT_PRIMARY: Refusal = { code: 10_107, codeName: 'NotWritablePrimary' };
const NOT_PRIMARY_FOR_READS: Refusal = { code: 13_435, codeName: 'NotPrimaryNoSecondaryOk' };
const WRITES: ReadonlySet<string> = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'create',
  'createIndexes',
  'dropIndexes',
  'drop',
  'dropDatabase',
]);
/** The codes after which a driver may send a numbered write again. */
const RETRYABLE: ReadonlySet<number> = new Set([6, 7, 89, 91, 134, 189, 262, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436]);

/**
 * Faults that a test plans for this server. Handshakes, pings and the end of sessions are exempt, because a driver would only look for
 * another server. A fault that is planned with `of` affects commands of that name only, such as `getMore`; otherwise any command.
 */
export class MongoFaults {
  /** The delay of each answer. */
  delayMs = 0;
  /** The most documents of one answer, even where more are requested; the rest needs a cursor, as where documents are large. */
  batchSizeMax = Infinity;
  /** False between a step-down and the next election: the handshake reports it, and every command is refused. */
  isPrimary = true;
  readonly #refused = new PlannedFault();
  readonly #lost = new PlannedFault();
  readonly #cut = new PlannedFault();
  readonly #unconfirmed = new PlannedFault();
  #refusal = NOT_PRIMARY;

  /** The next `count` commands are refused without effect; by default as by a server that is no longer the primary. */
  refuse(count: number, refusal: Refusal = NOT_PRIMARY, of?: string): void {
    this.#refused.plan(count, of);
    this.#refusal = refusal;
  }

  /** The next `count` commands are executed, and the connection ends before their answer. */
  loseAnswers(count: number, of?: string): void {
    this.#lost.plan(count, of);
  }

  /** The next `count` commands are executed, and the connection ends in the middle of their answer. */
  cutAnswers(count: number, of?: string): void {
    this.#cut.plan(count, of);
  }

  /** The next `count` writes succeed with a write concern error: no majority confirmed them. */
  leaveUnconfirmed(count: number): void {
    this.#unconfirmed.plan(count);
  }

  /** The answer to a command that is refused; null where it is executed. */
  refusalOf(name: string, command: Document): Document | null {
    if (!this.isPrimary) return refused(WRITES.has(name) ? NOT_PRIMARY : NOT_PRIMARY_FOR_READS, command);
    return this.#refused.take(name) ? refused(this.#refusal, command) : null;
  }

  /** The answer to an executed command, with the planned write concern error. */
  answerOf(name: string, answer: Document): Document {
    if (!WRITES.has(name) || !this.#unconfirmed.take(name)) return answer;
    return {
      ...answer,
      writeConcernError: {
        code: 64,
        codeName: 'WriteConcernTimeout',
        errmsg: 'waiting for replication timed out',
        errInfo: { wtimeout: true },
      },
    };
  }

  /** How much of an answer is sent before the connection ends; null for all of it, and the connection stays open. */
  sentOf(name: string): 'nothing' | 'half' | null {
    if (this.#lost.take(name)) return 'nothing';
    return this.#cut.take(name) ? 'half' : null;
  }
}

/** A fault for the next commands, of one name or of any. */
class PlannedFault {
  #left = 0;
  #of: string | undefined;

  plan(count: number, of?: string): void {
    this.#left = count;
    this.#of = of;
  }

  /** Whether the fault affects this command; uses it up once. */
  take(name: string): boolean {
    return (this.#of === undefined || this.#of === name) && this.#left > 0 && this.#left-- > 0;
  }
}

/** The refusal of a write with a transaction number is labelled as retryable, where its code is. */
function refused({ code, codeName }: Refusal, command: Document): Document {
  const isRetryable = command['txnNumber'] !== undefined && RETRYABLE.has(code);
  return { ok: 0, code, codeName, errmsg: codeName, ...(isRetryable && { errorLabels: ['RetryableWriteError'] }) };
}
