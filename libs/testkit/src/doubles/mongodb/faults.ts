import type { Document } from './document.js';

/** A refusal by MongoDB's number and name of it. */
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
 * What may go wrong with this server, on request. Handshakes, pings and the end of sessions are spared: a driver would only look for
 * another server. A fault that is planned for `of` meets only commands of that name, as in `getMore`; otherwise it meets any command.
 */
export class MongoFaults {
  /** How long each answer is held back. */
  delayMs = 0;
  /** Documents of one answer at most, whatever was asked for: what is left stands behind a cursor, as where documents are large. */
  batchSizeMax = Infinity;
  /** False from a step-down until the next election: the handshake says so, and every command is refused. */
  isPrimary = true;
  readonly #refused = new Planned();
  readonly #lost = new Planned();
  readonly #cut = new Planned();
  readonly #unconfirmed = new Planned();
  #refusal = NOT_PRIMARY;

  /** The next commands are refused, as by a server that is no longer the primary unless another refusal is named; nothing is done. */
  refuse(count: number, refusal: Refusal = NOT_PRIMARY, of?: string): void {
    this.#refused.plan(count, of);
    this.#refusal = refusal;
  }

  /** The next commands are done, and the connection ends before their answer. */
  loseAnswers(count: number, of?: string): void {
    this.#lost.plan(count, of);
  }

  /** The next commands are done, and the connection ends in the middle of their answer. */
  cutAnswers(count: number, of?: string): void {
    this.#cut.plan(count, of);
  }

  /** The next writes are done here, and no majority keeps them: the answer says so beside its success. */
  leaveUnconfirmed(count: number): void {
    this.#unconfirmed.plan(count);
  }

  /** The answer to a command that is refused; null where it is done. */
  refusalOf(name: string, command: Document): Document | null {
    if (!this.isPrimary) return refused(WRITES.has(name) ? NOT_PRIMARY : NOT_PRIMARY_FOR_READS, command);
    return this.#refused.meets(name) ? refused(this.#refusal, command) : null;
  }

  /** The answer to a command that was done, as this server gives it. */
  answerOf(name: string, answer: Document): Document {
    if (!WRITES.has(name) || !this.#unconfirmed.meets(name)) return answer;
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

  /** How much of an answer is sent before the connection ends; null where all of it is, and the connection stays. */
  sentOf(name: string): 'nothing' | 'half' | null {
    if (this.#lost.meets(name)) return 'nothing';
    return this.#cut.meets(name) ? 'half' : null;
  }
}

/** So many commands, of one name or of any. */
class Planned {
  #left = 0;
  #of: string | undefined;

  plan(count: number, of?: string): void {
    this.#left = count;
    this.#of = of;
  }

  meets(name: string): boolean {
    return (this.#of === undefined || this.#of === name) && this.#left > 0 && this.#left-- > 0;
  }
}

/** A numbered write says that it may be sent again. */
function refused({ code, codeName }: Refusal, command: Document): Document {
  const isRetryable = command['txnNumber'] !== undefined && RETRYABLE.has(code);
  return { ok: 0, code, codeName, errmsg: codeName, ...(isRetryable && { errorLabels: ['RetryableWriteError'] }) };
}
