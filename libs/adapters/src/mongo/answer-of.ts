import { Unavailable } from '@onedoor/engine';
import { mongo, MongooseError } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { isBroken, isBusy, isDuplicate, isUnavailable } from './failures.js';

/** Together about a second of waiting for the lock. */
const ATTEMPTS_MAX = 20;
const PAUSE_MS = 5;

export interface AskOptions {
  /** How often something that broke off in the middle is asked again; never when absent, for a write may have been done. */
  readonly againMax?: number;
  /** True once no answer is wanted any more: nothing is asked again. */
  readonly isOver?: () => boolean;
  /** Hears of each attempt that MongoDB could not answer. */
  readonly onFailure?: (reason: string) => void;
}

/**
 * The answer to something that may be asked twice. What is only busy is asked again a bounded number of times; what cannot
 * answer is `Unavailable`. A duplicate key comes through as it is, for it means something to the caller. No other word of
 * the driver does: it may quote addresses, passwords and documents.
 */
export async function answerOf<Answer>(ask: () => Promise<Answer>, options: AskOptions = {}): Promise<Answer> {
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
