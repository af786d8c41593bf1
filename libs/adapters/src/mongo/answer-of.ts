import { Unavailable } from '@onedoor/engine';
import { mongo, MongooseError } from 'mongoose';
import { setTimeout as pause } from 'node:timers/promises';
import { isBusy, isDuplicate, isUnavailable } from './failures.js';

/** Together about a second of waiting for whoever holds the lock. */
const ATTEMPTS_MAX = 20;
const PAUSE_MS = 5;

/**
 * The answer to something that may be asked twice. What is only busy is asked again a bounded number of times; what cannot
 * answer is `Unavailable`. A duplicate key comes through as it is, for it means something to whoever asked. No other word of
 * the driver does: it may quote addresses, passwords and documents.
 */
export async function answerOf<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (!isBusy(error) || attempt === ATTEMPTS_MAX) throw failureOf(error);
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
