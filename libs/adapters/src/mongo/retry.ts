import { Unavailable } from '@onedoor/engine';
import { mongo, MongooseError } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { isBroken, isBusy, isDuplicate, isUnavailable } from './failures.js';

/** Together about a second of waiting for the lock. */
const ATTEMPTS_MAX = 20;
const PAUSE_MS = 5;

export interface RetryOptions {
  /** How often a call whose connection broke is repeated; never when absent, for a write may have been done. */
  readonly againMax?: number;
  /** True once no answer is wanted any more: nothing is repeated. */
  readonly isOver?: () => boolean;
  /** Called for each attempt that MongoDB could not answer. */
  readonly onFailure?: (reason: string) => void;
}

/**
 * Repeats a call that met contention a bounded number of times. Throws `Unavailable` where MongoDB cannot answer. A duplicate key
 * is thrown on as it is, for callers handle it. No other message of the driver is: it may quote addresses, passwords and documents.
 */
export async function withRetries<Answer>(ask: () => Promise<Answer>, options: RetryOptions = {}): Promise<Answer> {
  const { againMax = 0, isOver = () => false, onFailure = () => undefined } = options;
  let again = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (isUnavailable(error)) onFailure(titleOf(error));
      const isRepeated = isBusy(error) ? attempt < ATTEMPTS_MAX : isBroken(error) && ++again <= againMax;
      if (!isRepeated || isOver()) throw failureOf(error);
    }
    await pause(attempt * PAUSE_MS);
  }
}

function failureOf(error: unknown): unknown {
  if (isUnavailable(error) || isBusy(error)) return new Unavailable(`MongoDB cannot answer now (${titleOf(error)})`);
  const isOfDriver = error instanceof mongo.MongoError || error instanceof MongooseError;
  return !isOfDriver || isDuplicate(error) ? error : new Error(`MongoDB refused what it was asked (${titleOf(error)})`);
}

function titleOf(error: unknown): string {
  const { name, codeName, code } = error as { readonly name?: string; readonly codeName?: string; readonly code?: number };
  return [name, codeName ?? code].filter((part) => part !== undefined).join(', ');
}
